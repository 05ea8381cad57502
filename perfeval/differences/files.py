"""The changes between two rule files, key by key, compared by meaning and not by spelling."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, Final

import attrs
from attrs import evolve

from perfeval.differences.change import Change, Kind, Spot
from perfeval.differences.meaning import (
    NAMING,
    WORDING,
    by_default,
    called,
    contents,
    key_word,
    keys_of,
    label,
    meaning,
    same,
    sort_of,
    worded,
)
from perfeval.differences.pairing import aligned, keeps_order, paired, with_gaps, with_twins
from perfeval.engine.plan import Plan
from perfeval.engine.program.assignment import method_of
from perfeval.methods.banded import Band
from perfeval.methods.graded import Tier
from perfeval.methods.method import Method
from perfeval.numbers.quantity import Blank, read
from perfeval.problems import NOWHERE
from perfeval.rulefile.groups import tidy
from perfeval.rulefile.scorecard import ROW, Example, Grade, Group, Indicator, Override
from perfeval.text.messages import Said, Value, said, said_of

#: The parts of a rule file, in the order in which their changes are told.
SECTIONS: Final = (
    "file",
    "rounding",
    "units",
    "methods",
    "assign",
    "structure",
    "indicators",
    "overrides",
    "grades",
    "audit",
    "examples",
)
#: The keys of the file itself.
_FILE: Final = ("id", "title", "lang", "uses", "basis", "note", "since", "until", "total", "cap", "not_applicable")
#: Somewhere to compare what is not told.
_NOWHERE: Final = Spot(section="file")


def compare(old: Plan, new: Plan) -> tuple[Change, ...]:
    """Every difference between two rule files with all that they inherit; none where they mean the same.

    Swapped files give the same changes the other way round.
    """
    return tuple(_Comparing(old, new).run())


class _Comparing:
    """Walks through two rule files side by side and keeps what differs."""

    def __init__(self, old: Plan, new: Plan) -> None:
        self.cards = (old.card, new.card)
        self.units = (old.program.units, new.program.units)
        self.dated = bool(old.periods or new.periods)
        #: What the methods of the old file are called in the new one.
        self.renamed: dict[str, str] = {}
        self.changes: list[Change] = []

    def run(self) -> list[Change]:
        old, new = self.cards
        for key in _FILE:
            at = Spot(section="file", wording=key == "id").key(key, key_word(key))
            self._value(at, key, getattr(old, key), getattr(new, key))
        self._rounding()
        for name in dict.fromkeys((*old.units, *new.units)):
            at = Spot(section="units").key("units").key(name, said("at-unit", name=name))
            self._value(at, "", old.units.get(name), new.units.get(name))
        self._methods()
        self._structure()
        self._noun(Spot(section="audit").key("audit"), old.audit, new.audit)
        for section in ("assign", "indicators", "overrides", "grades", "examples"):
            at = Spot(section=section, wording=section == "examples").key(section)
            self._items(at, getattr(old, section), getattr(new, section))
        return sorted(self.changes, key=lambda one: (one.wording, SECTIONS.index(one.section)))

    def _tell(
        self,
        at: Spot,
        kind: Kind,
        before: Value | None = None,
        after: Value | None = None,
        *,
        lines: tuple[Said, ...] = (),
    ) -> None:
        self.changes.append(at.change(self.cards, kind, before, after, lines))

    def _value(self, at: Spot, key: str, before: Any, after: Any) -> None:
        """The two values of one key."""
        if key in WORDING:
            at = evolve(at, wording=True)
        if _has_items(before) or _has_items(after):
            # The items say themselves what they are; those of a table have no key of their own.
            self._items(at.called(*at.words[:-1]) if key else at, before or (), after or (), ordered=key != "items")
        elif isinstance(before, Mapping) or isinstance(after, Mapping):
            olds, news = before or {}, after or {}
            for name in dict.fromkeys((*olds, *news)):
                self._value(at.key(name, name), "", olds.get(name), news.get(name))
        elif not same(key, before, after, self.units):
            shown = [
                None if meaning(key, one, units) is None else worded(key, one)
                for one, units in zip((before, after), self.units, strict=True)
            ]
            self._tell(at, _kind(*shown), *shown)

    def _noun(self, at: Spot, before: Any, after: Any, leave: frozenset[str] = frozenset()) -> None:
        """Two nouns key by key, but for the keys to *leave*."""
        if before is None or after is None:
            self._tell(at, _kind(before, after))
            return
        olds, news = keys_of(before), keys_of(after)
        # Methods of two kinds have keys of their own; one that is not written says nothing.
        gone = {key for key, value in olds.items() if key not in news and by_default(before).get(key, ...) == value}
        come = {key for key, value in news.items() if key not in olds and by_default(after).get(key, ...) == value}
        for key in dict.fromkeys((*olds, *news)):
            if key not in leave | gone | come:
                old, new = olds.get(key), news.get(key)
                # What a band or a tier earns is what is told of it first of all.
                word = None if key == "score" and old is not None and new is not None else key_word(key)
                self._value(at.key(key, word), key, old, new)

    # Lists.

    def _items(self, at: Spot, olds: Sequence[Any], news: Sequence[Any], *, ordered: bool = True) -> None:
        """Two lists of nouns: what came, what went, what differs, and whether they stand in another order."""
        pairs = self._pairs(olds, news)
        for old, new in aligned(pairs, len(olds), len(news)):
            before, after = None if old is None else olds[old], None if new is None else news[new]
            here = at.item(old, new, label(before, old or 0) if after is None else label(after, new or 0))
            if before is None or after is None:
                self._tell(here, "removed" if after is None else "added", *_contents(before, after))
            elif isinstance(before, Example):
                if evolve(before, origin=NOWHERE) != evolve(after, origin=NOWHERE):
                    self._tell(here, "changed")
            elif isinstance(before, Indicator):
                self._indicator(here, before, after)
            else:
                self._item(here, at, before, after)
        if ordered and not keeps_order(pairs):
            names = [
                tuple(map(_short, one))
                for one in ([olds[old] for old in pairs], [news[new] for new in sorted(pairs.values())])
            ]
            quiet = at.wording or (isinstance(olds[0], Indicator) and not self._splits())
            here = evolve(at, words=(*at.words, said("key-order")), wording=quiet)
            self._tell(here, "changed", *names)

    def _item(self, here: Spot, at: Spot, before: Any, after: Any) -> None:
        """One item of a list in both files: what it is called now, and what else it says."""
        naming, keys = _naming(before), (keys_of(before), keys_of(after))
        if not all(same(key, keys[0][key], keys[1][key], self.units) for key in naming):
            self._tell(here.called(*at.words, sort_of(before)), "changed", called(before), called(after))
        # Of a band and of an override the name is a remark.
        quiet = {"name"} if isinstance(before, Band | Override) else set()
        self._noun(here, before, after, naming | quiet)
        for key in quiet:
            self._value(evolve(here.key(key, key_word(key)), wording=True), key, before.name, after.name)

    def _pairs(self, olds: Sequence[Any], news: Sequence[Any]) -> dict[int, int]:
        """Pair old items with new ones: by name or edge, or because nothing else is like them."""
        sides = ((olds, 0), (news, 1))
        old_names, new_names = ([self._names(one, side) for one in items] for items, side in sides)
        pairs = paired(old_names, new_names)
        if olds and isinstance(olds[0], Band):
            return with_gaps(pairs, len(olds), len(news))
        if olds and isinstance(olds[0], Example):
            return pairs
        old_prints, new_prints = ([self._print(one, side) for one in items] for items, side in sides)
        return with_twins(pairs, old_prints, new_prints)

    def _names(self, one: Any, side: int) -> tuple[Hashable, ...]:
        """Return the names of an item, the surest first."""
        if isinstance(one, Indicator):
            return one.id, (tidy(one.group), one.name), one.name
        if isinstance(one, Example):
            return repr(evolve(one, origin=NOWHERE)), one.name
        keys = keys_of(one)
        typed = tuple(str(keys[key]) for key in sorted(_naming(one)))
        meant = tuple(meaning(key, keys[key], self.units[side]) for key in sorted(_naming(one)))
        return (typed, one.since, one.until), typed, meant, one.when if isinstance(one, Override) else None

    def _print(self, one: Any, side: int) -> Hashable:
        """Return the contents of an item without its name, so that two alike are not confused."""
        free = _naming(one) | WORDING | ({"aliases"} if isinstance(one, Tier | Grade) else set())
        said_here = {key: value for key, value in keys_of(one).items() if key not in free}
        if isinstance(one, Indicator):
            method = self._scored_by(one, side)
            named = isinstance(method, str) and side == 0
            said_here["method"] = self.renamed.get(str(method), method) if named else method
        return tuple((key, meaning(key, value, self.units[side])) for key, value in said_here.items())

    # The parts of a file.

    def _rounding(self) -> None:
        before, after = (card.rounding for card in self.cards)
        top = Spot(section="rounding").key("rounding")
        self._value(top.key("mode", key_word("mode")), "mode", before.mode, after.mode)
        for key in ("rate", "row", "total", "grade"):
            usual = {"total": said("word-sum"), "grade": said("word-as-printed")}.get(key, said("word-not-rounded"))
            old, new = getattr(before, key), getattr(after, key)
            if key == "row":
                old, new = old or ROW, new or ROW
            shown = [usual if one is None else worded(key, one) for one in (old, new)]
            if key == "rate":
                old, new = (None if one is not None and one.to is None else one for one in (old, new))
            if old is not None and new is not None and old.mode != new.mode:
                # A mode of its own says nothing where it is that of the file.
                old, new = evolve(old, mode=old.mode or before.mode), evolve(new, mode=new.mode or after.mode)
            at = top.key(key, said_of("rounding", key))
            if old != new:
                self._tell(at, "changed", *shown)
            elif str(old) != str(new):
                self._tell(evolve(at, wording=True), "changed", *shown)  # only the decimals that are printed

    def _methods(self) -> None:
        tables = [dict(card.methods) for card in self.cards]
        names = [list(table) for table in tables]
        prints = [[_method_print(one) for one in table.values()] for table in tables]
        pairs = with_twins(paired(*([(name,) for name in one] for one in names)), *prints)
        self.renamed = {names[0][old]: names[1][new] for old, new in pairs.items()}
        top = Spot(section="methods").key("methods")
        for old, new in aligned(pairs, len(names[0]), len(names[1])):
            one, other = None if old is None else names[0][old], None if new is None else names[1][new]
            at = top.item(one, other, said("at-method", name=other or one or ""))
            before = None if one is None else tables[0][one]
            after = None if other is None else tables[1][other]
            self._method_pair(at, (one, before), (other, after))

    def _method_pair(
        self, at: Spot, old: tuple[str | None, Method | None], new: tuple[str | None, Method | None]
    ) -> None:
        """Tell what changed of one method, which either file may lack."""
        (one, before), (other, after) = old, new
        if before is not None and after is not None:
            if one != other:
                self._tell(at.called(said("item-method")), "changed", one, other)
            self._noun(at, before, after)
        elif (method := before or after) is not None:
            self._tell(at, _kind(one, other), *_contents(before, after), lines=method.describe())

    def _structure(self) -> None:
        olds, news = ({tidy(path): path for path in card.structure} for card in self.cards)
        top = Spot(section="structure").key("structure")
        for path in dict.fromkeys((*olds, *news)):
            old, new = olds.get(path), news.get(path)
            before = Group() if old is None else self.cards[0].structure[old]
            after = Group() if new is None else self.cards[1].structure[new]
            at = top.item(old, new, said("at-group", name=path))
            if old is not None and new is not None:
                self._noun(at, before, after)
            elif before != after:
                self._tell(at, _kind(old, new), *_contents(old and before, new and after))

    def _indicator(self, at: Spot, before: Indicator, after: Indicator) -> None:
        self._noun(at, before, after, frozenset({"method"}))
        here = at.key("method", key_word("method"))
        old, new = self._scored_by(before, 0), self._scored_by(after, 1)
        if isinstance(old, Method) and isinstance(new, Method):
            self._noun(here, old, new)
        elif isinstance(old, Method) or isinstance(new, Method):
            # Written out or under a name: what the method says is what counts.
            if not self._trial(lambda: self._noun(_NOWHERE, self._method(old, 0), self._method(new, 1))):
                shown = [said_of("kind", one.scoring.kind) if isinstance(one, Method) else one for one in (old, new)]
                self._tell(here, _kind(*shown), *shown)
        elif old != new and self.renamed.get(old or "", old) != new:
            self._tell(here, _kind(old, new), old, new)

    def _trial(self, compare: Callable[[], None]) -> bool:
        """Return True if *compare* finds no difference that a score could rest on; what it finds is not kept."""
        kept, self.changes = self.changes, []
        compare()
        found, self.changes = self.changes, kept
        return all(one.wording for one in found)

    def _scored_by(self, row: Indicator, side: int) -> Method | str | None:
        """The method of a row, or the name of the one it takes by itself or by ``[[assign]]``."""
        # Of rules with dates it takes several, by the year of the form.
        if row.method is not None or self.dated:
            return row.method
        target = read(row.target.text, self.units[side]) if row.target else Blank("")
        found = method_of(self.cards[side], row, target, [])
        return None if found is None else found[0]

    def _method(self, method: Method | str | None, side: int) -> Method | None:
        """The method itself where there is only its name."""
        return self.cards[side].methods.get(method or "") if not isinstance(method, Method) else method

    def _splits(self) -> bool:
        """Return True if the order of rows decides what any of them weighs."""
        return any(group.split is not None for card in self.cards for group in card.structure.values())


def _naming(noun: Any) -> frozenset[str]:
    """The keys that *noun* is told from others by."""
    return NAMING[type(noun)] - {"name"} if isinstance(noun, Override) else NAMING[type(noun)]


def _kind(before: object, after: object) -> Kind:
    return "added" if before is None else "removed" if after is None else "changed"


def _contents(before: Any, after: Any) -> tuple[Value | None, Value | None]:
    return (None if before is None else contents(before)), (None if after is None else contents(after))


def _has_items(value: object) -> bool:
    return isinstance(value, tuple) and bool(value) and attrs.has(type(value[0]))


def _short(noun: Any) -> str | Said:
    """The name of *noun* in a list of them."""
    name = label(noun) if isinstance(noun, Example) else called(noun)
    return name if isinstance(name, str | Said) else label(noun)


def _method_print(method: Method) -> Hashable:
    return tuple((key, value) for key, value in keys_of(method).items() if key not in WORDING)
