"""Converting TOML tables to classes, with all faults at once."""

from __future__ import annotations

import datetime
import re
import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from decimal import Decimal
from functools import cache, partial
from operator import eq
from typing import Any, Final, Literal, TypeVar, get_args, get_origin

import attrs
from cattrs import Converter
from cattrs.cols import is_mapping

from perfeval.methods.banded import Band, Banded
from perfeval.methods.counted import Counted
from perfeval.methods.graded import Graded, Tier
from perfeval.methods.method import Item, Limits, Measuring, Method, Scoring
from perfeval.methods.proportional import Proportional
from perfeval.methods.stepped import Stepped
from perfeval.methods.threshold import Threshold
from perfeval.numbers.amounts import (
    EDGES,
    NO_EDGES,
    Amount,
    Cell,
    Edges,
    Made,
    Merge,
    NotApplicable,
    Precision,
    Unlimited,
    Written,
    fields_of,
)
from perfeval.numbers.comparison import COMPARISONS, Comparison
from perfeval.numbers.rounding import Mode, plain, readable
from perfeval.problems import InputError, KeyPath, Origin, Problem, guess, path_text, problem, type_name
from perfeval.rulefile import scalars
from perfeval.rulefile.constraints import SHAPES
from perfeval.rulefile.scalars import RefusedError
from perfeval.rulefile.scorecard import (
    OURS,
    Assign,
    Example,
    Facts,
    FactsFile,
    Grade,
    Group,
    Indicator,
    Override,
    Reported,
    Scorecard,
    Split,
)
from perfeval.text.messages import Said, said, said_of

T = TypeVar("T")

FORMAT: Final = 1

_NUMBER: Final = r"[0-9]+(?:\.[0-9]+)?"
#: What to write where one of these keys is left out and its name alone does not say.
_ADVICE: Final = {"steps": said("say-steps"), "per": said("say-per"), "facts": said("say-facts")}
#: What only a facts file says, and what only a rule file says.
_FACTS_FILE: Final = ("facts", "reported")
_RULE_FILE: Final = ("methods", "indicators", "assign", "structure", "grades", "rounding", "uses", "id")
#: The kinds of method, by the word a rule file calls them.
KINDS: Final[dict[str, type[Scoring]]] = {
    one.kind: one for one in (Proportional, Threshold, Banded, Stepped, Graded, Counted)
}
#: Tables that have a name of their own in a sentence.
_NOUNS: Final = frozenset({Indicator, Grade, Band, Tier, Item, Example, Assign, Group, Override})
#: Lists whose items people count from 1.
_COUNTED: Final = frozenset({"indicators", "grades", "bands", "tiers", "items", "examples", "assign", "overrides"})
#: What every method may say of itself besides how it scores.
_CITES: Final = {
    "title": scalars.text,
    "basis": scalars.text,
    "note": scalars.text,
    "since": scalars.date,
    "until": scalars.date,
}


def scorecard(tree: Mapping[str, Any], origin: Callable[[KeyPath], Origin]) -> Scorecard:
    """The rule file that *tree* says, each noun with its origin; InputError with every fault of its shape."""
    return structured(tree, Scorecard, origin)


def facts_file(tree: Mapping[str, Any], origin: Callable[[KeyPath], Origin]) -> Facts:
    """The facts file that *tree* says; InputError with every fault of its shape."""
    file = structured(tree, FactsFile, origin)
    return Facts(
        actuals=file.facts,
        reported=file.reported,
        year=file.year,
        title=file.title,
        note=file.note,
        origin=file.origin / "facts",
    )


def reported(claim: Mapping[str, Any]) -> Reported:
    """Return the claim of a form from a program, in the layout of ``[reported]``; InputError if it is none."""
    if not isinstance(claim, Mapping):
        found, expected = type_name(claim), said("type-table")
        raise InputError([problem("wrong-type", Origin("<reported>"), key="reported", found=found, expected=expected)])
    exact = {str(key): Decimal(float.__repr__(one)) if isinstance(one, float) else one for key, one in claim.items()}
    return structured(exact, Reported, lambda path: Origin("<reported>", path))


def structured(tree: Mapping[str, Any], noun: type[T], origin: Callable[[KeyPath], Origin]) -> T:
    """*tree* as a *noun* of the format, each noun in it with its origin; InputError with every fault of its shape."""
    _check_file(tree, noun, origin)
    found = tree.get("format", FORMAT)
    if type(found) is int and found != FORMAT:
        # Of another version of the format nothing else can be said.
        raise InputError([problem("wrong-format", origin(("format",)), found=found)])
    reading = _Reading(origin)
    outer, _now.reading = getattr(_now, "reading", None), reading
    try:
        value: T = reading.read(_converter().get_structure_hook(noun), tree, noun)
    except _RefusedTableError:
        raise InputError(_told_once(reading.faults)) from None
    finally:
        _now.reading = outer
    return value


def _check_file(tree: Mapping[str, Any], noun: type, origin: Callable[[KeyPath], Origin]) -> None:
    """Check that *tree* is not a file of another sort: a facts file for a rule file, or the reverse."""
    told = next((word for word in _FACTS_FILE if word in tree), None)
    rules = next((word for word in _RULE_FILE if word in tree), None)
    if noun is Scorecard and told is not None and rules is None:
        raise InputError([problem("wrong-file", origin((told,)), advice=said("is-facts-file"), found=told)])
    if noun is not FactsFile:
        return
    if rules is not None and told is None:
        raise InputError([problem("wrong-file", origin((rules,)), advice=said("is-rule-file"), found=rules)])
    if rules is None and "facts" not in tree:
        rows = [key for key in tree if key not in keys(FactsFile)]
        if rows and not any(guess(key, ("facts",)) for key in rows):
            where, advice = said("noun-file"), said("say-facts")
            raise InputError([problem("missing-key", origin((rows[0],)), advice=advice, where=where, key="facts")])


class _RefusedTableError(Exception):
    """Something in a table was refused, and has been told."""


@attrs.define(eq=False)
class _Reading:
    """One tree while it is read: where in it one is, and what is wrong with it."""

    origin: Callable[[KeyPath], Origin]
    path: KeyPath = ()
    faults: list[Problem] = attrs.field(factory=list)

    def refuse(self, error: RefusedError) -> None:
        """Tell what is wrong with what stands here, or at one of its keys."""
        where = self.path if error.at is None else (*self.path, error.at)
        args = {"key": _last_of(where), "where": _where_at(where), **error.args_}
        self.faults.append(Problem(name=error.name, origin=self.origin(where), args=args, advice=error.advice))

    def read(self, hook: Callable[[Any, Any], Any], value: Any, kind: Any, *steps: str | int) -> Any:
        """*value*, which stands *steps* further, as a *kind*. Raises _RefusedTableError where it is none."""
        outer = self.path
        self.path = (*outer, *steps)
        try:
            return hook(value, kind)
        except RefusedError as error:
            self.refuse(error)
            raise _RefusedTableError from None
        finally:
            self.path = outer

    def here(self, *steps: str | int) -> Origin:
        """The origin of what is read now, or of what stands *steps* further."""
        return self.origin((*self.path, *steps))


#: What each thread reads now.
_now: Final = threading.local()


def _reading() -> _Reading:
    found: _Reading = _now.reading
    return found


def _last_of(path: KeyPath) -> str:
    """The key that *path* ends in; an item of an array with the key of the array."""
    start = max((index for index, step in enumerate(path) if isinstance(step, str)), default=0)
    return str(path[-1]) or '""' if path and isinstance(path[-1], str) else path_text(path[start:])


def _where_at(path: KeyPath) -> Said:
    """Return the name that people use for the table at *path*."""
    if len(path) > 1 and isinstance(path[-1], int) and path[-2] in _COUNTED:
        return said_of("place", path[-2], index=path[-1] + 1)
    return said("place-of", path=path_text(path)) if path else said("noun-file")


def _unknown_key(key: str, known: tuple[str, ...], noun: Said) -> RefusedError:
    return RefusedError("unknown-key", at=key, advice=guess(key, known), where=noun, key=key, known=known)


def _told_once(found: list[Problem]) -> list[Problem]:
    """*found* without the keys that are missing only because they are misspelt in the same table."""
    meant = {
        (one.origin.path[:-1], str(one.advice.args.get("guess")))
        for one in found
        if one.name == "unknown-key" and one.advice is not None
    }
    return [one for one in found if one.name != "missing-key" or (one.origin.path, str(one.args["key"])) not in meant]


def _noun(cls: type) -> Said:
    if cls in {Scorecard, FactsFile}:
        return said("noun-file")
    return said_of("noun", cls.__name__.lower()) if cls in _NOUNS else said("noun-table")


def key_of(field: str) -> str:
    """The TOML key of a field."""
    return field.removesuffix("_")


@cache
def keys(cls: Any) -> tuple[str, ...]:
    """The TOML keys of a noun."""
    return tuple(_slots(cls))


@cache
def _slots(cls: Any) -> dict[str, tuple[attrs.Attribute[Any], Comparison | None]]:
    """The field that each TOML key of a noun fills in; an edge of the noun is one part of its field."""
    found: dict[str, tuple[attrs.Attribute[Any], Comparison | None]] = {}
    for field in fields_of(cls):
        if field.name == EDGES:
            found |= {side.word: (field, side) for side in COMPARISONS}
        elif field.name not in OURS:
            found[key_of(field.name)] = field, None
    return found


def _made(value: object, _: object = None) -> Made:
    """``"executed"``, or ``{ add = [...], less = [...] }``."""
    if isinstance(value, str):
        return Made(add=(scalars.text(value),))
    made: Made = _table_hook(Made)(value, Made)
    for index, name in enumerate(made.names):
        if name in made.names[:index]:
            raise RefusedError("duplicate-key", at="add" if index < len(made.add) else "less", key=name)
    if made.mean and (made.add or made.less):
        raise RefusedError("one-of", at="mean", choices=("add", "mean"))
    if not made.add and not made.mean:
        raise RefusedError("empty-text", at="add", key="add")
    return made


def _zero_target(value: object, _: object = None) -> Amount | NotApplicable | None:
    return NotApplicable() if value == "not-applicable" else scalars.amount(value)


def _merge(value: object, _: object = None) -> Merge:
    """``"sum"``, or ``{ weighted_by = "budget" }``."""
    if isinstance(value, str):
        scalars.literal(value, Literal["sum"])
        return Merge()
    made: Merge = _table_hook(Merge)(value, Merge)
    if made.weighted_by is None:
        raise RefusedError("missing-key", key="weighted_by")
    return made


def _cell(value: object, _: object = None) -> Cell:
    return Cell(scalars.cell(value).text, _reading().here())


def _split(value: object, _: object = None) -> Split:
    """``"equal"``, or ``{ to = 1, remainder = "last" }``."""
    if isinstance(value, str):
        scalars.literal(value, Literal["equal"])
        return Split()
    made: Split = _table_hook(Split)(value, Split)
    return made


def _precision(value: object, _: object = None) -> Precision:
    if isinstance(value, Mapping):
        table = _table_hook(_Rounder)(value, _Rounder)
        return attrs.evolve(_precision(table.to), mode=table.mode)
    if value == "exact":
        return Precision(None)
    text = value if isinstance(value, str) else plain(scalars.number(value))
    percent = text.strip().endswith(("%", "％"))
    digits = text.strip()[: -1 if percent else None].strip()
    if not re.fullmatch(_NUMBER, digits) or not Decimal(digits) or not readable(Decimal(digits)):
        raise RefusedError("bad-quantum", found=text)
    return Precision(Decimal(digits), percent=percent)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class _Rounder:
    to: Any
    mode: Mode | None = None


# Tables.


def _table(value: object) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise scalars.wrong(value, "type-table")
    return value


@cache
def _table_hook(cls: Any) -> Callable[[Any, Any], Any]:
    """Return the hook that turns a table into *cls*, with the check of ``SHAPES`` if there is one.

    Key by key: a file is read once, and for each noun cattrs takes longer to write and compile a function than that.
    """
    slots, noun, check = _slots(cls), _noun(cls), SHAPES.get(cls)
    usual = {key: field for key, (field, _) in slots.items() if hasattr(field.default, "origin")}
    placed = any(field.name == "origin" for field in attrs.fields(cls))

    def structure(value: Any, _: Any) -> Any:
        table, reading, before = _table(value), _reading(), len(_reading().faults)
        given: dict[str, Any] = {}
        edges: list[tuple[Comparison, Any]] = []
        for key, (field, side) in slots.items():
            if key in table:
                kind: Any = field.type if side is None else get_args(field.type)[0]
                with suppress(_RefusedTableError):
                    made = reading.read(_converter().get_structure_hook(kind), table[key], kind, key)
                    if side is None:
                        given[str(field.alias)] = made
                    else:
                        edges.append((side, made))
            elif field.default is attrs.NOTHING:
                reading.refuse(RefusedError("missing-key", advice=_ADVICE.get(key), key=key))
            elif key in usual:  # what is left out stands where it would
                default: Any = field.default
                given[str(field.alias)] = attrs.evolve(default, origin=reading.here(key))
        for key in sorted(table.keys() - slots.keys()):
            reading.refuse(_unknown_key(key, tuple(slots), noun))
        if edges:
            given[EDGES] = Edges(tuple(edges))
        if placed:
            given["origin"] = reading.here()
        if len(reading.faults) == before:
            made = cls(**given)
            for fault in () if check is None else check(made):
                reading.refuse(fault)
        if len(reading.faults) > before:
            raise _RefusedTableError
        return made

    return structure


def _method(value: object, _: object = None) -> Method:
    table = _table(value)
    if "kind" not in table:
        near = next((key for key in table if guess(key, ("kind",))), None)
        if near is not None:
            where, advice = said("noun-any-method"), said("did-you-mean", guess="kind")
            raise RefusedError("unknown-key", at=near, advice=advice, where=where, key=near, known=("kind",))
        raise RefusedError("missing-key", advice=said("say-kind", known=tuple(KINDS)), key="kind")
    word = table["kind"]
    kind = KINDS.get(word) if isinstance(word, str) else None
    if kind is None:
        if not isinstance(word, str):
            raise scalars.wrong(word, "type-string", "kind")
        known = tuple(KINDS)
        raise RefusedError("unknown-method", at="kind", advice=guess(word, known), found=word, known=known)
    parts: list[type] = [kind, Measuring, Limits] if kind.measures else [kind, Limits]
    made: dict[type, Any] = {}
    reading, before = _reading(), len(_reading().faults)
    spare = dict(table)
    del spare["kind"]
    for part in parts:
        own = {key: spare.pop(key) for key in keys(part) if key in spare}
        if not own and part is not kind:
            made[part] = part()  # every key of these has a default
            continue
        with suppress(_RefusedTableError):
            made[part] = reading.read(_converter().get_structure_hook(part), own, part)
    cites: dict[str, Any] = {}
    for key, leaf in _CITES.items():
        if key in spare:
            with suppress(_RefusedTableError):
                cites[key] = reading.read(leaf, spare.pop(key), None, key)
    known = ("kind", *(key for part in parts for key in keys(part)), *_CITES)
    for key in spare:
        reading.refuse(_unknown_key(key, known, said("noun-method", kind=word)))
    if len(reading.faults) > before:
        raise _RefusedTableError
    return Method(
        scoring=made[kind],
        measuring=made.get(Measuring, Measuring()),
        limits=made[Limits],
        origin=reading.here(),
        **cites,
    )


def _method_or_name(value: object, _: object = None) -> str | Method:
    if isinstance(value, Mapping):
        return _method(value)
    if not isinstance(value, str):
        raise scalars.wrong(value, "type-method")
    return scalars.text(value)


def _edges(kind: Any) -> Callable[[Any, Any], Any]:
    """Return the hook that turns a table of edges into ``Edges``."""
    holder = attrs.make_class("Edges", {EDGES: attrs.field(type=kind, default=NO_EDGES)}, frozen=True)
    structure = _table_hook(holder)
    return lambda value, _: structure(value, holder).edges


def _group(value: object, _: object = None) -> Group:
    if isinstance(value, Mapping):
        made: Group = _table_hook(Group)(value, Group)
        return made
    return Group(weight=scalars.amount(value), origin=_reading().here())


def _listed(kind: Any) -> Callable[[Any, Any], Any]:
    (item,) = set(get_args(kind)) - {...}
    of_tables = attrs.has(item)

    def structure(value: Any, _: Any) -> Any:
        if isinstance(value, list):
            return tuple(_each(enumerate(value), item).values())
        if of_tables and isinstance(value, Mapping):
            raise RefusedError("table-not-array")
        raise scalars.wrong(value, "type-array")

    return structure


def _mapped(kind: Any) -> Callable[[Any, Any], Any]:
    return lambda value, _: _each(_table(value).items(), get_args(kind)[1])


def _each(values: Iterable[tuple[Any, Any]], item: Any) -> dict[Any, Any]:
    """Each of *values*, which are named or numbered, as an *item*."""
    hook, reading, before = _converter().get_structure_hook(item), _reading(), len(_reading().faults)
    made: dict[Any, Any] = {}
    for step, value in values:
        with suppress(_RefusedTableError):
            if isinstance(step, str):
                reading.read(scalars.text, step, str, step)
            made[step] = reading.read(hook, value, item, step)
    if len(reading.faults) > before:
        raise _RefusedTableError
    return made


_LEAVES: Final[dict[Any, Callable[[Any, Any], Any]]] = {
    str: scalars.text,
    bool: scalars.truth,
    int: scalars.integer,
    Decimal: scalars.number,
    datetime.date: scalars.date,
    Amount: scalars.amount,
    Amount | Unlimited: scalars.cap,
    Amount | Literal["proportional"]: scalars.otherwise,
    Written: scalars.written,
    Cell: _cell,
    Amount | NotApplicable | None: _zero_target,
    Merge: _merge,
    Made: _made,
    Split: _split,
    Precision: _precision,
    Method: _method,
    str | Method | None: _method_or_name,
    Group: _group,
}


def _is_a(origin: object) -> Callable[[Any], bool]:
    return lambda kind: get_origin(kind) is origin


@cache
def _converter() -> Converter:
    """The one converter, made when first asked for."""
    converter = Converter()
    converter.register_structure_hook_factory(attrs.has, _table_hook)
    converter.register_structure_hook_factory(_is_a(tuple), _listed)
    converter.register_structure_hook_factory(is_mapping, _mapped)
    converter.register_structure_hook_factory(_is_a(Edges), _edges)
    converter.register_structure_hook_func(_is_a(Literal), scalars.literal)
    for kind, hook in _LEAVES.items():
        # For a plain class cattrs has hooks of its own, which coerce and which a predicate would not displace.
        if isinstance(kind, type):
            converter.register_structure_hook(kind, hook)
        else:
            converter.register_structure_hook_func(partial(eq, kind), hook)
    return converter
