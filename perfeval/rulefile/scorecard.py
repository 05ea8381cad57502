"""The contents of rule files and facts files; field names are TOML keys (``from_`` is ``from``)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, Literal, TypeAlias

from attrs import field, frozen

from perfeval.immutable import Fixed
from perfeval.methods.banded import Band
from perfeval.methods.method import Method
from perfeval.numbers.amounts import NO_EDGES, Amount, Cited, Edges, Precision, Written
from perfeval.numbers.rounding import Mode
from perfeval.problems import NOWHERE, KeyPath, Origin
from perfeval.text.pairs import Severity
from perfeval.toml.source import Document

#: A fact as a file or a program gives it; ``engine.facts`` reads it.
RawFact: TypeAlias = Any

TargetKind: TypeAlias = Literal["number", "percent", "date", "text", "none"]


#: Fields that the program fills in, not the author.
OURS: Final = frozenset({"origin", "document", "documents", "labels", "owners", "merged"})
#: What a row is rounded to where the file does not say.
ROW: Final = Precision(Decimal("0.01"))


# One converter a field: the types of its mapping would be lost in a common one.
def _methods(items: Mapping[str, Method]) -> Mapping[str, Method]:
    return Fixed(items)


def _units(items: Mapping[str, Written]) -> Mapping[str, Written]:
    return Fixed(items)


def _structure(items: Mapping[str, Group]) -> Mapping[str, Group]:
    return Fixed(items)


def _actuals(items: Mapping[str, RawFact]) -> Mapping[str, RawFact]:
    return Fixed(items)


def _owned(items: Mapping[KeyPath, Document]) -> Mapping[KeyPath, Document]:
    return Fixed(items)


def _tables(items: Mapping[str, tuple[Band, ...]]) -> Mapping[str, tuple[Band, ...]]:
    return Fixed(items)


def _severities(items: Mapping[str, Severity]) -> Mapping[str, Severity]:
    return Fixed(items)


@frozen(kw_only=True)
class Rounding:
    """The rounding of the rate, the rows, the total and the total of the grade; None is the default."""

    mode: Mode = "half-up"
    rate: Precision | None = None
    row: Precision | None = None
    total: Precision | None = None
    grade: Precision | None = None
    origin: Origin = field(default=NOWHERE, eq=False)


@frozen(kw_only=True)
class Assign(Cited):
    """One line of ``[[assign]]``: rows that fit all its conditions are scored by its method."""

    method: str
    group: str | None = None
    name: str | None = None
    target: TargetKind | None = None
    origin: Origin = field(default=NOWHERE, eq=False)

    @property
    def unconditional(self) -> bool:
        return self.group is None and self.name is None and self.target is None


@frozen(kw_only=True)
class Split:
    """The sharing of a group's remaining weight among rows without one.

    Each gets an equal part, rounded to ``to``, and what that leaves goes to the ``first`` or the ``last`` row, or is
    ``spread`` over the first ones. Without ``to`` the parts are exactly equal.
    """

    to: Decimal | None = None
    remainder: Literal["first", "last", "spread"] | None = None


@frozen(kw_only=True)
class Group(Cited):
    """A group of rows: its weight, in points or as a part of the nearest group above that has one, and how it adds up.

    ``choose``: so many of its members apply, no more, no fewer. ``best``: only the best so many count. ``combine``
    ``"weakest"``: it scores what its weakest member does, and ``plus`` where any other is better. ``convert``: the sum
    becomes a score by bands, one list of them for each number of members that apply. ``cap``: the most it earns.
    """

    weight: Amount | None = None
    split: Split | None = None
    choose: int | None = None
    best: int | None = None
    combine: Literal["sum", "weakest"] = "sum"
    plus: Decimal = Decimal(0)
    convert: Mapping[str, tuple[Band, ...]] = field(factory=Fixed, converter=_tables)
    cap: Amount | None = None
    origin: Origin = field(default=NOWHERE, eq=False)


@frozen(kw_only=True)
class Indicator(Cited):
    """One row: what is measured, where it hangs, what it weighs, what is aimed at, and how it is scored."""

    name: str
    weight: Amount | None = None
    id: str | None = None
    group: str = ""
    target: Written | None = None
    levels: Mapping[str, Written] = field(factory=Fixed, converter=_units)
    method: str | Method | None = None
    origin: Origin = field(default=NOWHERE, eq=False)


@frozen(kw_only=True)
class Grade(Cited):
    """A word that a total earns from here up; without ``from`` it comes only from an override."""

    name: str
    from_: Decimal | None = None
    aliases: tuple[str, ...] = ()
    origin: Origin = field(default=NOWHERE, eq=False)


@frozen(kw_only=True)
class Override(Cited):
    """A condition that replaces total or grade, or limits the grade.

    ``when`` is a yes/no fact; with one of ``edges`` it is a row or a group whose score is compared with that.
    """

    when: str
    edges: Edges[Amount] = NO_EDGES
    total: Decimal | None = None
    grade: str | None = None
    best_grade: str | None = None
    name: str | None = None
    origin: Origin = field(default=NOWHERE, eq=False)


@frozen(kw_only=True)
class Tolerance:
    """By how much what is reported may differ from what is computed: a rate, the score of a row, the total."""

    rate: Amount = Amount(Fraction(0), True)
    row: Decimal = Decimal(0)
    total: Decimal = Decimal(0)

    def __str__(self) -> str:
        return f"rate {self.rate}, row {self.row:f}, total {self.total:f}"


@frozen(kw_only=True)
class Directions:
    """Words in the name of an indicator that make less, or more, the likelier better where its target says neither."""

    less: tuple[str, ...] = ()
    more: tuple[str, ...] = ()


@frozen(kw_only=True)
class Audit:
    """The settings of an audit: tolerances, the deviation that needs a reason, severities, directions."""

    tolerance: Tolerance = Tolerance()
    deviation: Amount | None = None
    directions: Directions = Directions()
    severity: Mapping[str, Severity] = field(factory=Fixed, converter=_severities)
    origin: Origin = field(default=NOWHERE, eq=False)


@frozen(kw_only=True)
class Example:
    """A worked example: one row (method, weight, target, actual → score), or a form (facts → scores, total, grade)."""

    name: str | None = None
    method: str | Method | None = None
    weight: Decimal | None = None
    target: Written | None = None
    levels: Mapping[str, Written] = field(factory=Fixed, converter=_units)
    actual: RawFact = field(default=None, hash=False)
    reason: str | None = None
    year: int | None = None
    score: Decimal | None = None
    facts: Mapping[str, RawFact] | None = field(default=None, hash=False)
    scores: Mapping[str, Decimal] | None = field(default=None, hash=False)
    weights: Mapping[str, Decimal] | None = field(default=None, hash=False)
    total: Decimal | None = None
    grade: str | None = None
    problem: str | None = None
    findings: tuple[str, ...] | None = None
    note: str | None = None
    origin: Origin = field(default=NOWHERE, eq=False)


@frozen(eq=False, repr=False)
class Owners:
    """The document of each key of a rule file: after ``uses`` there are several."""

    documents: Mapping[KeyPath, Document] = field(factory=Fixed, converter=_owned)

    def origin(self, path: KeyPath) -> Origin:
        """The origin of the value at *path*: its document is that of the nearest key above it that is known."""
        above = (self.documents.get(path[:length]) for length in range(len(path), -1, -1))
        document = next((one for one in above if one is not None), None)
        return Origin("<rules>", path) if document is None else document.origin(path)


@frozen(kw_only=True)
class Scorecard(Cited):
    """A rule file: a policy, or with indicators a whole scorecard.

    ``documents`` are the files it was read from, ``merged`` is what they say together, ``owners`` says which of them
    each key came from. All tell of the files, not of changes that a program makes to the scorecard afterwards.
    """

    format: int
    id: str
    title: str
    lang: Literal["zh", "en"] | None = None
    uses: tuple[str, ...] = ()
    total: Decimal = Decimal(100)
    cap: Decimal | None = None
    not_applicable: Literal["total", "group"] | None = None
    rounding: Rounding = Rounding()
    methods: Mapping[str, Method] = field(factory=Fixed, converter=_methods)
    assign: tuple[Assign, ...] = ()
    units: Mapping[str, Written] = field(factory=Fixed, converter=_units)
    structure: Mapping[str, Group] = field(factory=Fixed, converter=_structure)
    indicators: tuple[Indicator, ...] = ()
    overrides: tuple[Override, ...] = ()
    grades: tuple[Grade, ...] = ()
    audit: Audit = Audit()
    examples: tuple[Example, ...] = ()
    documents: tuple[RuleDocument, ...] = field(default=(), eq=False)
    owners: Owners = field(default=Owners(), eq=False, repr=False)
    merged: Mapping[str, Any] = field(factory=Fixed, converter=_actuals, eq=False, repr=False)
    origin: Origin = field(default=NOWHERE, eq=False)

    def owns(self, origin: Origin) -> bool:
        """Return True if what stands at *origin* is of the file itself, and not of one that it uses."""
        return origin.document == self.origin.document


@frozen(kw_only=True)
class RuleDocument:
    """One file that a scorecard was read from: its id, what it rests on, and its text with the digest."""

    id: str
    title: str
    basis: str | None
    document: Document


@frozen(kw_only=True)
class Reported:
    """The claim of the form itself: its printed total and grade."""

    total: Decimal | None = None
    grade: str | None = None
    origin: Origin = field(default=NOWHERE, eq=False)


@frozen(kw_only=True)
class Facts:
    """The facts of one form: for each indicator its actual, and what the form claims.

    ``actuals`` maps an indicator's ``id``, name or ``group/name`` to a value as written (text or number), a truth
    value, a tier, or a table such as ``{"tier": …, "score": …, "reason": …}``. ``origin`` is where that table stands.
    ``year`` is the form's own, which chooses among rules that have dates.
    """

    actuals: Mapping[str, RawFact] = field(converter=_actuals, hash=False)
    reported: Reported | None = None
    year: int | None = None
    title: str | None = None
    note: str | None = None
    document: Document | None = field(default=None, eq=False)
    origin: Origin = field(default=Origin("<facts>"), eq=False)


@frozen(kw_only=True, eq=False, repr=False)
class FactsFile:
    """The layout of a facts file."""

    facts: Mapping[str, RawFact]
    reported: Reported | None = None
    year: int | None = None
    format: int = 1
    title: str | None = None
    note: str | None = None
    origin: Origin = field(default=NOWHERE, eq=False)
