"""The evaluation of a form: total, grade, groups, rows, findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, Protocol

from attrs import field, frozen

from perfeval.engine.results.indicator import IndicatorResult
from perfeval.engine.results.step import Step
from perfeval.immutable import Fixed
from perfeval.numbers.rounding import plain
from perfeval.numbers.scores import Number, difference, number_text
from perfeval.problems import Origin, guess
from perfeval.rulefile.groups import Way
from perfeval.rulefile.scorecard import Reported, RuleDocument
from perfeval.text.messages import Language, Said, Value, finding_text, fixed_args
from perfeval.text.pairs import Severity
from perfeval.toml.source import Document
from perfeval.version import VERSION

#: The version of the layout of ``as_dict``.
LAYOUT: Final = 1


@frozen(kw_only=True)
class Finding:
    """One thing noticed while scoring or auditing: its permanent name, how severe it is, and the rows it rests on.

    ``origins`` are where these stand. Where two numbers contradict each other, ``reported`` is the one that is printed
    and ``computed`` the other; ``cause`` is what most likely led from the one to the other. ``basis`` is what the
    finding rests on, None where it is no more than the form's own arithmetic. ``also`` are findings of the same cause,
    told with this one.
    """

    name: str
    severity: Severity
    rows: tuple[str, ...]
    origins: tuple[Origin, ...]
    reported: str | None = None
    computed: str | None = None
    cause: Said | None = None
    basis: str | None = None
    also: tuple[str, ...] = ()
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
    """Lost points of a row, and the band or tier it fell into (a reason code, after PMML)."""

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


@frozen(kw_only=True)
class EvaluationDetails:
    """The details of an evaluation besides total and grade; see the properties of ``Evaluation``."""

    title: str
    full: Decimal
    groups: tuple[GroupResult, ...]
    indicators: tuple[IndicatorResult, ...]
    reported: Reported | None
    grade_agrees: bool | None
    note: str | None
    rules: tuple[RuleDocument, ...]
    lang: Language | None
    facts_document: Document | None = field(default=None, eq=False, repr=False)
    totals: tuple[Step, ...] = field(repr=False)
    findings: tuple[Finding, ...]
    noted: tuple[Said, ...] = field(repr=False)
    engine: str = VERSION


class Recall(Protocol):
    """Works out the rest of an evaluation of which total, grade and scores are known."""

    def rows(self, evaluation: Evaluation) -> tuple[IndicatorResult, ...]:
        """The rows, each with its score."""

    def whole(self, evaluation: Evaluation) -> Evaluation:
        """The same evaluation by the interpreter."""


class Evaluation:
    """The result of scoring one form. Numbers are exact, each rounded once as the rule file says.

    ``evaluation["受训老师满意度"]`` is the row of that id, name or ``group/name``. Nothing of it can be set. Many are
    made only to read their total: those of generated code find out the rest when they are asked for it.
    """

    __slots__ = ("_details", "_givens", "_grade", "_recall", "_rows", "_scores", "_total")

    def __init__(  # noqa: PLR0917  # by position, since generated code makes one for each form
        self,
        total: Number,
        grade: str | None,
        scores: tuple[int, ...] = (),
        givens: tuple[Any, ...] = (),
        recall: Recall | None = None,
        details: EvaluationDetails | None = None,
    ) -> None:
        self._total = total
        self._grade = grade
        #: Of generated code: the scores in quanta, the facts, and what works out the rest.
        self._scores = scores
        self._givens = givens
        self._recall = recall
        self._details = details
        self._rows: tuple[IndicatorResult, ...] | None = None

    @property
    def total(self) -> Number:
        """The total, rounded as the rules say."""
        return self._total

    @property
    def grade(self) -> str | None:
        """The grade that it earns; None where the rules have none."""
        return self._grade

    @property
    def details(self) -> EvaluationDetails:
        """The details besides total and grade."""
        if self._details is None:
            assert self._recall is not None, "an evaluation without details knows who has them"
            self._details = self._recall.whole(self).details
        return self._details

    @property
    def indicators(self) -> tuple[IndicatorResult, ...]:
        """The rows, in the order of the rule file."""
        if self._rows is None:
            known = self._details is not None or self._recall is None
            self._rows = self.details.indicators if known or self._recall is None else self._recall.rows(self)
        return self._rows

    @property
    def title(self) -> str:
        """The title of the form."""
        return self.details.title

    @property
    def full(self) -> Decimal:
        """The points at full marks."""
        return self.details.full

    @property
    def groups(self) -> tuple[GroupResult, ...]:
        """The groups, each after the one that holds it."""
        return self.details.groups

    @property
    def reported(self) -> Reported | None:
        """The claim of the form itself; None if the facts carry none."""
        return self.details.reported

    @property
    def grade_agrees(self) -> bool | None:
        """True where the claimed grade is the computed one; None where there is none to compare."""
        return self.details.grade_agrees

    @property
    def note(self) -> str | None:
        """The note of the facts."""
        return self.details.note

    @property
    def rules(self) -> tuple[RuleDocument, ...]:
        """The rule files that took part."""
        return self.details.rules

    @property
    def lang(self) -> Language | None:
        """The language that the rule file asks for."""
        return self.details.lang

    @property
    def facts_document(self) -> Document | None:
        """The facts file, if there was one."""
        return self.details.facts_document

    @property
    def totals(self) -> tuple[Step, ...]:
        """The working from the rows to total and grade."""
        return self.details.totals

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings, which change no score."""
        return self.details.findings

    @property
    def noted(self) -> tuple[Said, ...]:
        """The assumptions about the form as a whole."""
        return self.details.noted

    @property
    def engine(self) -> str:
        """The version of perfeval that scored it."""
        return self.details.engine

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Evaluation):
            return NotImplemented
        return (self.total, self.grade, self.details) == (other.total, other.grade, other.details)

    def __hash__(self) -> int:
        return hash((self.total, self.grade, self.details))

    def __repr__(self) -> str:
        return f"Evaluation(total={self.total!r}, grade={self.grade!r}, details={self.details!r})"

    def __reduce_ex__(self, protocol: Any) -> Any:
        """Generated code stays where it was made: what is sent away or copied has all its details."""
        return Evaluation, (self.total, self.grade, (), (), None, self.details)

    @property
    def difference(self) -> Number | None:
        """The total the form claims less the total by the rules."""
        if self.reported is None or self.reported.total is None:
            return None
        return difference(Fraction(self.reported.total), self.total)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The lost points, most first, rows of equal loss in file order."""
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
        """The assumptions made in reading the facts."""
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
