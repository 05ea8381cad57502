"""The result of one row: its score and the explanation behind it."""

from __future__ import annotations

from fractions import Fraction
from operator import attrgetter
from typing import Any, Protocol

from attrs import frozen

from perfeval.engine.results.step import Step
from perfeval.numbers.rounding import exact_text
from perfeval.numbers.scores import Number, difference, number_text
from perfeval.problems import Origin
from perfeval.text.messages import Language, Said


@frozen(kw_only=True)
class Details:
    """The details of a row besides its score; see the properties of ``IndicatorResult``."""

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
    met: bool | None
    tier: str | None
    band: str | None
    method: str
    method_title: str | None
    reason: str | None
    needs_reason: bool
    assumed: tuple[Said, ...]
    origin: Origin


class Recall(Protocol):
    """Works out one row of a form again when its steps are asked for."""

    def steps(self, givens: tuple[Any, ...]) -> tuple[Step, ...]:
        """The working of the row."""

    def whole(self, row: IndicatorResult) -> IndicatorResult:
        """The *row* with all that is said of it; rows of generated code know only their score."""


class IndicatorResult:
    """One row scored.

    All but the ``score`` stands in the ``details``, and has a property here. Many rows are made only to read their
    scores: those of generated code find their details out when they are asked for them.
    """

    __slots__ = ("_details", "_givens", "_recall", "_score")

    def __init__(
        self, score: Number, recall: Recall, givens: tuple[Any, ...] = (), details: Details | None = None
    ) -> None:
        self._score = score
        #: What works the row out again, and the values of the facts of its form, where it does not know them itself.
        self._recall = recall
        self._givens = givens
        self._details = details

    #: Read more often than anything else, and at half the cost without a function of its own.
    score: Number = property(attrgetter("_score"), doc="What the row scores, rounded as the rules say.")  # type: ignore[assignment]

    @property
    def details(self) -> Details:
        """The details of the row besides its score."""
        if self._details is None:
            self._details = self._recall.whole(self).details
        return self._details

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, IndicatorResult):
            return NotImplemented
        return (self.score, self.details) == (other.score, other.details)

    def __hash__(self) -> int:
        return hash((self.score, self.details))

    def __repr__(self) -> str:
        return f"IndicatorResult(score={self.score!r}, details={self.details!r})"

    @property
    def name(self) -> str:
        """The name of the indicator."""
        return self.details.name

    @property
    def id(self) -> str | None:
        """Its short name, where the rule file gives it one."""
        return self.details.id

    @property
    def group(self) -> str:
        """The group it hangs in, ``一级/二级``."""
        return self.details.group

    @property
    def weight(self) -> Number:
        """The weight in this form, with what rows that do not apply gave it; 0 if it does not apply."""
        return self.details.weight

    @property
    def target(self) -> str | None:
        """The target, as written."""
        return self.details.target

    @property
    def actual(self) -> str:
        """The actual, as written."""
        return self.details.actual

    @property
    def applies(self) -> bool:
        """True if the row applies: one that does not weighs 0 and scores 0."""
        return self.details.applies

    @property
    def counts(self) -> bool:
        """True if it adds to its group: one that is not among the best keeps its score and adds nothing."""
        return self.details.counts

    @property
    def measure(self) -> Fraction | None:
        """The number the method looks at, exact; None for judged rows and where a target of 0 was met or missed.

        A value or a difference stands in the base of the target's unit (元, 公斤, days; a date is the number of its
        day), a completion or a deviation (``is_ratio``) is a plain ratio: 1 is 100%.
        """
        return self.details.measure

    @property
    def unbounded(self) -> bool:
        """True if the measure is above every bound: a completion of "less is better" at an actual of 0."""
        return self.details.unbounded

    @property
    def is_ratio(self) -> bool:
        """True if the measure is a plain ratio."""
        return self.details.is_ratio

    @property
    def share(self) -> Fraction | None:
        """The part of the weight earned, exact; None where the row has no weight."""
        return self.details.share

    @property
    def met(self) -> bool | None:
        """True if the target is met, False if not; None where nothing can be compared."""
        return self.details.met

    @property
    def tier(self) -> str | None:
        """The tier it was judged to be in."""
        return self.details.tier

    @property
    def band(self) -> str | None:
        """The name of the band its measure lies in."""
        return self.details.band

    @property
    def method(self) -> str:
        """The name of the method that scored it."""
        return self.details.method

    @property
    def method_title(self) -> str | None:
        """The title of the method; None if the rule file gives none."""
        return self.details.method_title

    @property
    def reason(self) -> str | None:
        """The reason for lost points, in the unit's words."""
        return self.details.reason

    @property
    def needs_reason(self) -> bool:
        """True if the rule asks for a reason here."""
        return self.details.needs_reason

    @property
    def assumed(self) -> tuple[Said, ...]:
        """The assumptions made in reading the fact."""
        return self.details.assumed

    @property
    def origin(self) -> Origin:
        """The origin of the row in the rule file."""
        return self.details.origin

    def __reduce_ex__(self, protocol: Any) -> Any:
        """Generated code stays where it was made: what is sent away or copied is whole."""
        whole = self._recall.whole(self)
        return IndicatorResult, (whole.score, whole._recall, (), whole.details)

    def is_called(self, name: str) -> bool:
        """Return True if *name* is the row's ``id``, its name, or ``group/name``."""
        return name in {self.id, self.name, f"{self.group}/{self.name}"}

    @property
    def lost(self) -> Number:
        """The weight less the score, below 0 where the row earned more than its weight."""
        return difference(Fraction(self.weight), self.score)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The working, from what was filled in to the rounded score."""
        return self._recall.steps(self._givens)

    @property
    def missing_reason(self) -> bool:
        """True if the rule asks for a reason and none is given."""
        return self.needs_reason and self.reason is None

    def as_dict(self, lang: Language = "en") -> dict[str, Any]:
        """The row as plain data."""
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
            "steps": [step.as_dict(lang) for step in self.steps],
        }
