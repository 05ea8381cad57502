"""What scoring says: total, grade, groups, rows, and for each of them the working."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from operator import attrgetter
from typing import Any, Final

from attrs import field, fields, frozen

from perfeval.catalogue import Severity
from perfeval.engine.indicator import IndicatorResult
from perfeval.engine.scores import Number, difference, number_text
from perfeval.engine.step import Step
from perfeval.engine.unfolding import Unfolding, late, opened
from perfeval.exact import plain
from perfeval.fixed import Fixed
from perfeval.language.groups import Way
from perfeval.language.scorecard import Reported, RuleDocument
from perfeval.language.source import Document
from perfeval.messages import Language, Said, Value, finding_text, fixed_args
from perfeval.problems import Origin, guess
from perfeval.version import VERSION

#: The version of the layout of ``as_dict``.
LAYOUT: Final = 1


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
    #: Of one that generated code made: the facts, the scores in quanta, what works out the rest, and the rest.
    _givens: tuple[Any, ...] = field(default=(), init=False, eq=False, repr=False)
    _scores: tuple[int, ...] = field(default=(), init=False, eq=False, repr=False)
    _folded: Unfolding | None = field(default=None, init=False, eq=False, repr=False)
    _whole: Evaluation | None = field(default=None, init=False, eq=False, repr=False)

    def __reduce_ex__(self, protocol: Any) -> Any:
        """Generated code stays where it was made: what is sent away or copied is whole."""
        return object.__reduce_ex__(self._whole or self, protocol)

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
            "indicators": [indicator.as_dict(lang) for indicator in self.indicators],
            "findings": [finding.as_dict(lang) for finding in self.findings],
            "reasons": [reason.as_dict() for reason in self.reasons],
            "assumed": [one.text(lang) for one in self.assumed],
            "steps": [step.as_dict(lang) for step in self.totals],
        }


# What generated code leaves out is worked out when it is asked for: the rows by themselves, and all the rest at once by
# the interpreter.
late(Evaluation, "indicators", lambda one: one._folded.rows(one))
late(Evaluation, "_whole", lambda one: one._folded.whole(one))
for _name in {one.name for one in fields(Evaluation) if one.init} - {"total", "grade", "indicators"}:
    late(Evaluation, _name, attrgetter(f"_whole.{_name}"))

OpenEvaluation: Final = opened(Evaluation)
