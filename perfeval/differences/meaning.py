"""The meaning of values of a rule file: their keys, when two are equal, and their text."""

from __future__ import annotations

import datetime
from collections.abc import Hashable, Mapping
from decimal import Decimal
from typing import Any, Final

import attrs

from perfeval.methods.banded import Band
from perfeval.methods.graded import Tier
from perfeval.methods.method import Item, Method
from perfeval.methods.normal_form import squeezed
from perfeval.numbers.amounts import (
    EDGES,
    Amount,
    Edges,
    Made,
    Merge,
    NotApplicable,
    Precision,
    Unlimited,
    Written,
    fields_of,
)
from perfeval.numbers.comparison import EDGE_WORDS
from perfeval.numbers.piecewise import ZERO
from perfeval.numbers.quantity import Blank, Units, Words, read
from perfeval.numbers.rounding import exact_text, plain
from perfeval.rulefile.groups import tidy
from perfeval.rulefile.scorecard import OURS, Assign, Example, Grade, Group, Indicator, Override, Split
from perfeval.text.messages import Said, Value, said, said_of

#: The parts of a method whose keys stand in the method itself.
_SPREAD: Final = ("scoring", "measuring", "limits")
#: Keys that people read and no score rests on.
WORDING: Final = frozenset({"title", "note", "basis", "lang", "uses", "allow"})
#: What a key that is not written stands for, where that is another value of the same key.
_UNWRITTEN: Final[dict[str, Hashable]] = {"reverse": "ratio"}
#: The words of TOML that have plain words of their own, by key.
_FAMILIES: Final[dict[str, str]] = {"mode": "mode", "kind": "kind", "steps": "count"}
_WORDS: Final = frozenset({"measure", "better"})


def keys_of(noun: Any) -> dict[str, Any]:
    """The keys of *noun* as a file writes them, with what each says, by default or written."""
    if isinstance(noun, Method):
        own = {"kind": noun.scoring.kind}
        for part in _SPREAD:
            own |= keys_of(getattr(noun, part))
        return own | {key: value for key, value in _fields(noun).items() if key not in _SPREAD}
    keys = _fields(noun)
    if isinstance(noun, Indicator):
        keys["group"] = tidy(noun.group) or None
    elif isinstance(noun, Assign):
        # Spaces play no part in what fits.
        keys |= {key: squeezed(keys[key]) for key in ("group", "name") if keys[key] is not None}
    return keys


def _fields(noun: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in fields_of(type(noun)):
        if one.name == EDGES:
            given = {side.word: at for side, at in noun.edges.given}
            found |= {word: given.get(word) for word in EDGE_WORDS}
        elif one.name not in OURS:
            found[one.name.removesuffix("_")] = getattr(noun, one.name)
    return found


def by_default(noun: Any) -> dict[str, Any]:
    """The keys of *noun* that may be left out, with what they say then."""
    if isinstance(noun, Method):
        parts = (by_default(getattr(noun, part)) for part in _SPREAD)
        own: dict[str, Any] = {one.name: one.default for one in fields_of(Method) if one.name not in {*_SPREAD, *OURS}}
        return {key: value for part in parts for key, value in part.items()} | own
    found: dict[str, Any] = {}
    for one in fields_of(type(noun)):
        if one.name == EDGES:
            found |= dict.fromkeys(EDGE_WORDS)
        elif one.default is not attrs.NOTHING:
            found[one.name.removesuffix("_")] = {} if hasattr(one.default, "factory") else one.default
    return found


def meaning(key: str, value: Any, units: Units) -> Hashable:
    """Return the meaning of *value*, the same for all spellings: ``80%`` and ``80.0 ％``."""
    match value:
        case None:
            return _UNWRITTEN.get(key)
        case Written():
            reading = read(value.text, units)
            if isinstance(reading, Blank):
                return None
            return squeezed(reading.text) if isinstance(reading, Words) else reading
        case Amount():
            return value if value.value else Amount(ZERO)
        case Edges():
            return frozenset((side.word, meaning(key, at, units)) for side, at in value.given)
        case Made():
            mean = frozenset((name, meaning(key, one, units)) for name, one in value.mean.items())
            return tuple(sorted(value.add)), tuple(sorted(value.less)), mean
        case Split():
            return ("split", value.to, None if value.to is None else value.remainder or "last")
        case tuple() if key == "aliases":
            return frozenset(map(squeezed, value)) or None
        case tuple():
            return value or None
        case _:
            return value  # type: ignore[no-any-return]  # a value of a frozen noun


def same(key: str, before: Any, after: Any, units: tuple[Units, Units]) -> bool:
    """Return True if *before* in the one file and *after* in the other say the same."""
    # What is written alike is alike: if its unit means something else now, that is said of the unit.
    return bool(before == after) or meaning(key, before, units[0]) == meaning(key, after, units[1])


def worded(key: str, value: Any) -> Value | None:
    """*value* in plain words; None where it says nothing."""
    match value:
        case None | ():
            return None
        case bool():
            return said("word-yes") if value else said("word-no")
        case str() if key in _FAMILIES:
            return _family(key, value)
        case str() if key in _WORDS:
            return said(value)
        case Decimal():
            return plain(value)
        case datetime.date():
            return value.isoformat()
        case Mapping():
            return tuple(f"{name} {one}" for name, one in value.items())
        case tuple():
            return tuple(map(str, value))
    return _composed(value)


def _composed(value: Any) -> Value:
    """A small noun in plain words."""
    match value:
        case Unlimited():
            return said("word-unlimited")
        case NotApplicable():
            return said("not-applicable-here")
        case Amount(percent=False):
            return said("word-point" if value.value == 1 else "word-points", value=exact_text(value.value))
        case Edges():
            return tuple(f"{side.sign} {at}" for side, at in value.given)
        case Merge():
            by = value.weighted_by
            return said("says-merge-sum") if by is None else said("says-merge-mean", by=by)
        case Split():
            to = said("word-not-rounded") if value.to is None else plain(value.to)
            return said("word-split", to=to, rest=said_of("split", value.remainder or "last"))
        case Precision(to=None):
            return said("word-not-rounded")
        case Precision(mode=str(mode)):
            return said("word-precision", to=str(value), mode=said_of("mode", mode))
    return str(value)


def _family(key: str, value: str) -> Said:
    match _FAMILIES[key]:
        case "mode":
            return said_of("mode", value)
        case "count":
            return said_of("count", value)
    return said_of("kind", value)


def key_word(key: str) -> Said:
    """Return the key *key* in plain words."""
    return said_of("key", key.replace("_", "-"))


#: The keys by which a thing is called; what else it says is told of it.
NAMING: Final[dict[type, frozenset[str]]] = {
    Band: frozenset({*EDGE_WORDS, "level"}),
    Tier: frozenset({"name"}),
    Item: frozenset({"name"}),
    Grade: frozenset({"name"}),
    Indicator: frozenset({"name", "id"}),
    Assign: frozenset({"group", "name", "target"}),
    Override: frozenset({"when", *EDGE_WORDS, "name"}),
    Group: frozenset(),
}


def label(noun: Any, index: int = 0) -> Said:
    """Return the label of *noun*, the one at *index* of its list."""
    match noun:
        case Band():
            return said("at-band", edge=called(noun))
        case Tier():
            return said("at-tier", name=noun.name)
        case Item():
            return said("at-item", name=noun.name)
        case Grade():
            return said("at-grade", name=noun.name)
        case Indicator():
            return said("at-indicator", name=noun.name)
        case Override():
            return said("at-override", when=called(noun))
        case Assign():
            return said("at-assign", conditions=called(noun))
        case Example(name=str(name)):
            return said("at-example", name=name)
    return said_of("place", "examples", index=index + 1)


def called(noun: Any) -> Value:
    """The name alone of *noun*, or what stands for one."""
    match noun:
        case Band():
            return noun.edge_said()
        case Override():
            edge = noun.edges.one
            return f"{noun.when} {edge[0].sign} {edge[1]}" if edge else noun.when
        case Assign():
            return _conditions(noun)
    return str(noun.name)


def sort_of(noun: Any) -> Said:
    """Return the word for things like *noun*."""
    words = {
        Band: "item-band",
        Tier: "item-tier",
        Item: "item-item",
        Grade: "item-grade",
        Assign: "item-assign",
        Override: "item-override",
    }
    return said(words[type(noun)])


def _conditions(line: Assign) -> Value:
    """Return the conditions of a line of ``[[assign]]`` in words."""
    found: list[str | Said] = []
    if line.group is not None:
        found.append(said_of("if", "group", value=line.group))
    if line.name is not None:
        found.append(said_of("if", "name", value=line.name))
    if line.target is not None:
        found.append(said_of("if", "target", value=said_of("target", line.target)))
    return tuple(found) or said_of("if", "any")


def contents(noun: Any) -> Value | None:
    """Return the contents of *noun* besides its name; None if it has none."""
    if isinstance(noun, Method):
        return said_of("kind", noun.scoring.kind)
    if isinstance(noun, Example):
        return None
    usual, naming = by_default(noun), NAMING[type(noun)]
    found: list[str | Said] = []
    for key, value in keys_of(noun).items():
        if key in naming or key in WORDING or (key in usual and (value == usual[key] or value in (None, ()))):
            continue
        told = said_of("kind", value.scoring.kind) if isinstance(value, Method) else worded(key, value)
        if told is not None:
            found.append(said("key-with-value", key=key_word(key), value=told))
    return tuple(found) or None
