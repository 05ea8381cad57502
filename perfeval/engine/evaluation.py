"""What scoring says: total, grade, groups, rows, and for each of them the working."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, Protocol, TypeAlias

from attrs import field, fields, frozen

from perfeval.catalogue import Severity
from perfeval.engine.unfolding import Unfolding, opened, unfold
from perfeval.exact import decimal, decimals_of, exact_text, near_text, plain
from perfeval.fixed import Fixed
from perfeval.language.groups import Way
from perfeval.language.scorecard import Reported, RuleDocument
from perfeval.language.source import Document, place
from perfeval.messages import Language, Said, Value, finding_text, fixed_args, say
from perfeval.problems import Origin, guess
from perfeval.version import VERSION

#: A score: a Decimal with the decimals it is printed with; a Fraction only where ``row = "exact"`` never ends.
Number: TypeAlias = Decimal | Fraction

#: The version of the layout of ``as_dict``.
LAYOUT: Final = 1


@frozen(kw_only=True)
class Step:
    """One step of the working, made where its number was made.

    ``term`` is what it is (a name of the catalogue), ``formula`` how it came about, with its numbers, ``value`` the
    exact result as text and ``shown`` the same as people write it, empty where the formula says it all. ``origin`` is
    the rule or the fact it rests on, ``basis`` the notice or clause.
    """

    term: str
    formula: str | Said
    value: str
    shown: str
    origin: Origin
    basis: str | None = None

    def term_in(self, lang: Language) -> str:
        return say(lang, f"term-{self.term}")

    def formula_in(self, lang: Language) -> str:
        return self.formula.text(lang) if isinstance(self.formula, Said) else self.formula

    def as_dict(self, lang: Language = "en", documents: Sequence[Document] = ()) -> dict[str, Any]:
        """The step as plain data; ``line`` is None unless its document is among *documents*."""
        document = next((one for one in documents if one.name == self.origin.document), None)
        return {
            "term": self.term,
            "formula": self.formula_in(lang),
            "value": self.value,
            "origin": str(self.origin),
            "line": None if document is None else place(document, self.origin.path).line,
            "basis": self.basis,
        }


@frozen(kw_only=True)
class Finding:
    """One thing noticed while scoring or auditing: its permanent name, how severe it is, and the rows it rests on.

    ``origins`` are where these stand. Where two numbers contradict each other, ``reported`` is the one that is printed
    and ``computed`` the other; ``cause`` is what most likely led from the one to the other. ``basis`` is what the
    finding rests on, None where it is no more than the form's own arithmetic.
    """

    name: str
    severity: Severity
    rows: tuple[str, ...]
    origins: tuple[Origin, ...]
    reported: str | None = None
    computed: str | None = None
    cause: Said | None = None
    basis: str | None = None
    args: Mapping[str, Value] = field(factory=Fixed, converter=fixed_args)

    def text(self, lang: Language) -> str:
        """The finding in one sentence."""
        return finding_text(self.name, self.args, lang)

    def as_dict(self, lang: Language = "en") -> dict[str, Any]:
        return {"name": self.name, "severity": self.severity, "rows": list(self.rows), "message": self.text(lang)}


class Replay(Protocol):
    """What works a row out again when its steps are asked for."""

    def steps(self, index: int) -> tuple[Step, ...]:
        """The working of the row *index*."""


@frozen(kw_only=True, weakref_slot=False)
class IndicatorResult:
    """One row scored.

    ``share`` is exact and None where the row has no weight. ``measure`` is exact, and None for judged rows and where a
    target of 0 was met or missed. A value or a difference stands in the base of the target's unit (元, 公斤, days; a
    date is the number of its day), a completion or a deviation (``is_ratio``) is a plain ratio: 1 is 100%.
    ``unbounded`` says that the measure is above every bound: a completion of "less is better" at an actual of 0.
    ``lost`` is weight less score, below 0 where the row earned more than its weight. ``met`` says whether the target
    is met, None where nothing can be compared. ``needs_reason`` says that the rule asks for a reason here.
    ``weight`` is what the row weighs in this form: what rows that do not apply gave it included. A row that does not
    apply (``applies`` is False) weighs 0 and scores 0; one that is not among the best of its group (``counts`` is
    False) keeps its score and adds nothing.
    """

    name: str
    id: str | None
    group: str
    weight: Number
    target: str | None
    actual: str
    applies: bool
    counts: bool
    measure: Fraction | None
    unbounded: bool
    is_ratio: bool
    share: Fraction | None
    score: Number
    met: bool | None
    tier: str | None
    band: str | None
    method: str
    reason: str | None
    needs_reason: bool
    assumed: tuple[Said, ...]
    origin: Origin
    _index: int = field(repr=False)
    _replay: Replay = field(repr=False, eq=False)

    def is_called(self, name: str) -> bool:
        """Whether *name* is the row's ``id``, its name, or ``group/name``."""
        return name in {self.id, self.name, f"{self.group}/{self.name}"}

    @property
    def lost(self) -> Number:
        return difference(Fraction(self.weight), self.score)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The working, from what was filled in to the rounded score."""
        return self._replay.steps(self._index)

    @property
    def missing_reason(self) -> bool:
        """Whether the rule asks for a reason and none is given."""
        return self.needs_reason and self.reason is None

    def as_dict(self, lang: Language = "en", documents: Sequence[Document] = ()) -> dict[str, Any]:
        """The row as plain data; its steps have a line where their document is among *documents*."""
        return {
            "id": self.id,
            "name": self.name,
            "group": self.group,
            "weight": number_text(self.weight),
            "target": self.target,
            "actual": self.actual,
            "applies": self.applies,
            "counts": self.counts,
            "measure": "unbounded" if self.unbounded else None if self.measure is None else exact_text(self.measure),
            "share": None if self.share is None else exact_text(self.share),
            "score": number_text(self.score),
            "lost": number_text(self.lost),
            "met": self.met,
            "tier": self.tier,
            "band": self.band,
            "method": self.method,
            "reason": self.reason,
            "needs_reason": self.needs_reason,
            "assumed": [one.text(lang) for one in self.assumed],
            "origin": str(self.origin),
            "steps": [step.as_dict(lang, documents) for step in self.steps],
        }


@frozen(kw_only=True)
class GroupResult:
    """One group: its weight, its score, and the ``way`` its members become that; ``path`` is ``一级/二级``."""

    path: str
    weight: Number
    score: Number
    way: Way = "sum"

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def lost(self) -> Number:
        return difference(Fraction(self.weight), self.score)

    def as_dict(self) -> dict[str, Any]:
        return {
            "path": self.path,
            "weight": number_text(self.weight),
            "score": number_text(self.score),
            "way": self.way,
        }


@frozen(kw_only=True)
class Reason:
    """Where points were lost: the row, how many, and the band or tier it fell into (a reason code, after PMML)."""

    indicator: str
    group: str
    lost: Number
    code: str | None
    reason: str | None

    def as_dict(self) -> dict[str, Any]:
        return {
            "indicator": self.indicator,
            "group": self.group,
            "lost": number_text(self.lost),
            "code": self.code,
            "reason": self.reason,
        }


@frozen(kw_only=True, weakref_slot=False)
class Evaluation:
    """What scoring says of one form. Frozen; numbers are exact, each rounded once as the rule file says.

    ``evaluation["受训老师满意度"]`` is the row of that id, name or ``group/name``. ``reported`` is what the form itself
    claims and ``difference`` its total less ours; both None where the facts carry no claim.
    """

    title: str
    total: Number
    full: Decimal
    grade: str | None
    groups: tuple[GroupResult, ...]
    indicators: tuple[IndicatorResult, ...]
    reported: Reported | None
    grade_agrees: bool | None
    note: str | None = None
    rules: tuple[RuleDocument, ...]
    lang: Language | None = None
    facts_document: Document | None = field(default=None, eq=False, repr=False)
    totals: tuple[Step, ...] = field(repr=False)
    findings: tuple[Finding, ...] = ()
    noted: tuple[Said, ...] = field(default=(), repr=False)
    engine: str = VERSION
    #: Of one that generated code made: the facts, the scores in quanta, and what works out the rest.
    _givens: tuple[Any, ...] = field(default=(), init=False, eq=False, repr=False)
    _scores: tuple[int, ...] = field(default=(), init=False, eq=False, repr=False)
    _folded: Unfolding | None = field(default=None, init=False, eq=False, repr=False)

    @property
    def difference(self) -> Number | None:
        """The total the form claims less the total by the rules."""
        if self.reported is None or self.reported.total is None:
            return None
        return difference(Fraction(self.reported.total), self.total)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Where points were lost, dearest first, rows of equal loss in file order."""
        # Where rows do not add up to their group, it is the group that loses, and no row alone.
        whole = [one for one in self.groups if one.way in {"weakest", "convert"}]
        inside = tuple(f"{one.path}/" for one in whole)
        found = [
            Reason(indicator=one.name, group=one.group, lost=one.lost, code=one.tier or one.band, reason=one.reason)
            for one in self.indicators
            if one.counts and one.lost > 0 and not f"{one.group}/".startswith(inside)
        ]
        found += [
            Reason(indicator=one.name, group=one.path.rpartition("/")[0], lost=one.lost, code=None, reason=None)
            for one in whole
            if one.lost > 0 and not one.path.startswith(inside)
        ]
        return tuple(sorted(found, key=lambda one: -Fraction(one.lost)))

    @property
    def assumed(self) -> tuple[Said, ...]:
        """What was taken for granted in reading the facts."""
        return (*self.noted, *(one for indicator in self.indicators for one in indicator.assumed))

    @property
    def documents(self) -> tuple[Document, ...]:
        """The files that took part: each rule file, and the facts file if there was one."""
        facts = () if self.facts_document is None else (self.facts_document,)
        return (*(one.document for one in self.rules), *facts)

    def __getitem__(self, name: str) -> IndicatorResult:
        """The row of that ``id``, name or ``group/name``; KeyError where there is none, or more than one."""
        found = [one for one in self.indicators if one.is_called(name)]
        if len(found) != 1:
            meant = guess(name, [one.name for one in self.indicators])
            raise KeyError(f"{name}: {len(found)} indicators of this name" + (f"; {meant}" if meant else ""))
        return found[0]

    def __iter__(self) -> Iterator[IndicatorResult]:
        return iter(self.indicators)

    def as_dict(self, lang: Language = "en") -> dict[str, Any]:
        """The evaluation as plain data; every number is text, sentences are in *lang*. The layout has a version."""
        claim = self.reported
        return {
            "format": LAYOUT,
            "engine": self.engine,
            "rules": [{"id": one.id, "basis": one.basis, "digest": one.document.digest} for one in self.rules],
            "title": self.title,
            "total": number_text(self.total),
            "full": plain(self.full),
            "grade": self.grade,
            "reported": None
            if claim is None
            else {"total": None if claim.total is None else plain(claim.total), "grade": claim.grade},
            "difference": None if self.difference is None else number_text(self.difference),
            "grade_agrees": self.grade_agrees,
            "note": self.note,
            "groups": [group.as_dict() for group in self.groups],
            "indicators": [indicator.as_dict(lang, self.documents) for indicator in self.indicators],
            "findings": [finding.as_dict(lang) for finding in self.findings],
            "reasons": [reason.as_dict() for reason in self.reasons],
            "assumed": [one.text(lang) for one in self.assumed],
            "steps": [step.as_dict(lang, self.documents) for step in self.totals],
        }


def number(value: Fraction, decimals: int | None) -> Number:
    """*value* with *decimals* decimals; without a number of them as many as it has, a Fraction if they never end."""
    decimals = decimals_of(value) if decimals is None else decimals
    return value if decimals is None else decimal(value, decimals)


def difference(one: Fraction, other: Number) -> Number:
    """*one* less *other*, with the decimals of the finer: 88.90 against 94 differ by 5.10, 3 against 12.5 by 9.5."""
    printed, own = places(other), decimals_of(one)
    return number(one - Fraction(other), None if printed is None or own is None else max(printed, own))


def added_up(scores: Sequence[Number]) -> Number:
    """The sum of *scores*, with the decimals they are printed with."""
    known = [places(score) for score in scores]
    total = sum((Fraction(score) for score in scores), Fraction(0))
    return number(total, None if None in known else max((one for one in known if one is not None), default=0))


def as_fine(value: Fraction, like: Sequence[Number]) -> Number:
    """*value* with the decimals of the finest of *like*, or its own where it has more."""
    known = [decimals_of(value), *map(places, like)]
    return number(value, None if None in known else max(one for one in known if one is not None))


def places(value: Number) -> int | None:
    """How many decimals *value* is printed with; None for a Fraction."""
    if isinstance(value, Fraction):
        return None
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else None


def near_number(value: Number) -> str:
    """*value* as people read it: with four decimals and ``≈`` where its own never end."""
    return near_text(value) if isinstance(value, Fraction) else plain(value)


def number_text(value: Number) -> str:
    """*value* as text, with the decimals it is printed with."""
    return exact_text(value) if isinstance(value, Fraction) else plain(value)


# What generated code leaves out is worked out when it is asked for: of a form its rows, and by the interpreter all the
# rest of it; of a row all but its score.

_OF_FORM: Final = {one.name for one in fields(Evaluation) if one.init} - {"total", "grade", "indicators"}
_OF_ROW: Final = {one.name for one in fields(IndicatorResult)} - {"score", "_index", "_replay"}


def _form(one: Any) -> dict[str, Any]:
    whole = one._folded.whole(one)
    return {name: getattr(whole, name) for name in _OF_FORM}


def _row(one: Any) -> dict[str, Any]:
    whole = one._replay.row(one._index)
    return {name: getattr(whole, name) for name in _OF_ROW}


unfold(Evaluation, ["indicators"], lambda one: {"indicators": one._folded.rows(one)})
unfold(Evaluation, _OF_FORM, _form)
unfold(IndicatorResult, _OF_ROW, _row)

OpenEvaluation: Final = opened(Evaluation)
OpenResult: Final = opened(IndicatorResult)
