"""One scored row of a form: its printed cells, and its score by the rules."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, TypeAlias

from attrs import field, frozen

from perfeval.engine.facts.reading import Given
from perfeval.engine.program.program import ProgramRow
from perfeval.engine.scoring.interpreter import Outcome
from perfeval.forms.audit.verdict import Verdict
from perfeval.forms.cells import Figure
from perfeval.forms.form import FundsRow, IndicatorRow
from perfeval.methods.normal_form import JudgedTier
from perfeval.numbers.amounts import Cell
from perfeval.numbers.quantity import Reading
from perfeval.numbers.rounding import decimals_of
from perfeval.numbers.scores import Number, number
from perfeval.problems import Origin, Problem
from perfeval.text.messages import Language, Said

State: TypeAlias = Literal["checked", "reading", "judged"]


@frozen(kw_only=True)
class Line:
    """One row that carries a score: an indicator, or the money as a whole.

    ``weight`` and ``reported`` are None where the cell is blank or no number. A row whose rule can be computed has an
    ``outcome``, and ``computed`` are its points, exact and not rounded; one that does not apply has 0. Of any other
    ``why`` or ``fault`` say what stands in the way; its score is then taken as the unit judged it. ``verdict`` says
    whether its target is met, whatever it scores; the money as a whole has none. ``full`` are the
    points at full marks in this form, with what rows that do not apply gave it. ``tier`` is the tier that a judged row
    is in, as far as its words tell, and ``named`` whether the actual itself names it.
    """

    index: int
    name: str
    group: str
    row: FundsRow | IndicatorRow
    is_execution: bool
    weight: Figure | None
    reported: Figure | None
    target: Reading
    actual: Reading
    method: str | None = None
    # How its points came about: these follow from the form and the rules, and two audits are not told apart by them.
    program_row: ProgramRow | None = field(default=None, eq=False)
    given: Given | None = field(default=None, eq=False)
    outcome: Outcome | None = field(default=None, eq=False)
    full: Fraction | None = None
    computed: Fraction | None = None
    verdict: Verdict | None = None
    why: Said | None = None
    fault: Problem | None = None
    tier: JudgedTier | None = None
    named: bool = False

    @property
    def state(self) -> State:
        """The state of the row: checked by the rules, checked in one reading of its target, or judged by the unit."""
        if self.computed is None:
            return "judged"
        return "reading" if self.is_open else "checked"

    @property
    def is_open(self) -> bool:
        """True if what the rules make of the row rests on one of several ways to read its target."""
        return self.verdict is not None and self.verdict.is_open

    @property
    def applies(self) -> bool:
        """True if the row applies: one that does not gives its weight to others, as the rules say."""
        return self.given is None or self.given.applies or self.computed is None

    @property
    def method_title(self) -> str | None:
        """The title of the method; None if the rule file gives none."""
        return None if self.program_row is None else self.program_row.scoring.title

    @property
    def origin(self) -> Origin:
        return self.row.origin

    def why_in(self, lang: Language) -> str | None:
        """Return why the rules do not check the row, in a sentence."""
        if self.fault is not None:
            return self.fault.message_in(lang)
        return None if self.why is None else self.why.text(lang)

    @property
    def reason(self) -> Cell | None:
        """The cell for the reason; None where the form has none for this row."""
        return self.row.reason if isinstance(self.row, IndicatorRow) else None

    @property
    def actual_cell(self) -> Cell | None:
        return self.row.actual if isinstance(self.row, IndicatorRow) else self.row.executed

    @property
    def target_cell(self) -> Cell | None:
        return self.row.target if isinstance(self.row, IndicatorRow) else self.row.budget

    def cell(self, key: str) -> Cell | None:
        found = getattr(self.row, key, None)
        return found if isinstance(found, Cell) else None

    @property
    def counts(self) -> bool:
        """True if the row weighs anything."""
        return bool(self.full)

    @property
    def as_reported(self) -> Number | None:
        """The score that the form prints, with the decimals it prints."""
        return None if self.reported is None else printed_number(self.reported)

    @property
    def has_full_marks(self) -> bool:
        """True if the form gives the row all its points, or more."""
        return self.full is not None and self.reported is not None and self.reported.value >= self.full

    @property
    def lost(self) -> Fraction:
        """The points that the form itself takes off; 0 where either number is missing."""
        if self.full is None or self.reported is None:
            return Fraction(0)
        return self.full - self.reported.value


def printed_number(figure: Figure) -> Number:
    """*figure* with the decimals that it prints."""
    own = decimals_of(figure.value)
    return number(figure.value, None if own is None else max(own, figure.decimals))
