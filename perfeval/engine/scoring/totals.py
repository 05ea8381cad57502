"""Groups, total and grade from the rows, with every rounding and override as a step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from attrs import field, frozen

from perfeval.engine.program.overrides import Gate
from perfeval.engine.program.program import Program
from perfeval.engine.results.step import Step
from perfeval.engine.scoring.aggregation import Group, adder
from perfeval.engine.scoring.weights import Weights
from perfeval.immutable import Fixed
from perfeval.numbers.rounding import Quantum, decimals_of, exact_text, near_text, plain, summed
from perfeval.numbers.scores import Number, added_up, as_fine, number, number_text
from perfeval.problems import Origin
from perfeval.rulefile.scorecard import Grade
from perfeval.text.messages import Said, said, said_of


def rounded(value: Fraction, quantum: Quantum | None) -> Number:
    """*value* rounded once, with the decimals the quantum prints; without a quantum as it is."""
    return number(value, None) if quantum is None else quantum.rounded(value)


def rounding_said(value: Fraction, quantum: Quantum) -> Said:
    """Return the rounding of a value in words."""
    return said("rounded", value=near_text(value), step=quantum.text, mode=said_of("mode", quantum.mode))


def _scores(items: Mapping[str, Number]) -> Mapping[str, Number]:
    return Fixed(items)


@frozen(kw_only=True, eq=False, repr=False)
class Sum:
    """Total and grade, and how they came about; the score of each group, and the rows that are left out of it.

    ``added`` is what rows and groups add up to, before the limits and the rounding of the total; ``holding`` are the
    overrides that hold.
    """

    total: Number
    grade: str | None
    added: Number
    groups: Mapping[str, Number] = field(converter=_scores)
    left_out: frozenset[int]
    holding: tuple[Gate, ...]
    steps: tuple[Step, ...]


def add_up(
    program: Program,
    rows: Sequence[Number | None],
    weights: Weights,
    flags: frozenset[str] = frozenset(),
    decimals: int | None = None,
) -> Sum:
    """The scores of *rows* added up, limited to 0 and the cap, rounded once, and the grade of that.

    None is the score of a row that does not apply. *weights* are those of the form, *flags* the yes/no facts that hold.
    A total that is not rounded has *decimals* decimals, or as many as rows are rounded to, or more of its own.
    """
    adding = adder(program, weights)
    found = adding.scores([None if score is None else Fraction(score) for score in rows])
    holding = tuple(program.gates[place] for place in adding.holding(found, flags))
    told = _Groups(program, rows, found)
    for group in adding.groups:
        told.add(group)
    terms = [score for place in adding.tops if (score := told.numbers[place]) is not None]
    added = added_up(terms)
    end = _End(program, holding, told.steps, decimals)
    end.step("sum", " + ".join(map(number_text, terms)) or "0", number_text(added), program.place(("total",)))
    total, grade = end.total_and_grade(Fraction(added))
    none = number(Fraction(0), 0)
    groups = {group.branch.path: told.numbers[group.place] for group in adding.groups}
    return Sum(
        total=total,
        grade=grade,
        added=added,
        groups={path: none if score is None else score for path, score in groups.items()},
        left_out=frozenset(told.left_out),
        holding=holding,
        steps=tuple(told.steps),
    )


def total_and_grade(program: Program, added: Fraction, holding: Iterable[Gate] = ()) -> tuple[Number, str | None]:
    """Total and grade where rows and groups add up to *added* and the overrides *holding* hold."""
    return _End(program, holding, []).total_and_grade(added)


def grade_at(program: Program, total: Fraction, holding: Iterable[Gate] = ()) -> str | None:
    """The grade of a *total* that is given, where the overrides *holding* hold."""
    end = _End(program, holding, [])
    place = end.given_grade(end.earned_grade(total, total))
    return None if place is None else program.grades[place].name


class _Groups:
    """Tells how each group came to its score; what is no more than a sum takes no step."""

    def __init__(self, program: Program, rows: Sequence[Number | None], found: Sequence[Fraction | int | None]) -> None:
        self.program, self.found = program, found
        #: The score of each row and group, with the decimals it is printed with.
        self.numbers: list[Number | None] = [*rows, *[None] * (len(found) - len(rows))]
        self.left_out: set[int] = set()
        self.steps: list[Step] = []

    def add(self, group: Group) -> None:
        """Put *group* into numbers and words; those inside it come before."""
        total = self.found[group.place]
        if total is None:
            return
        places = [place for place in group.members if self.numbers[place] is not None]
        terms = [score for score in map(self.numbers.__getitem__, places) if score is not None]
        adding, kept = group.adding, terms
        if adding.is_plain:
            self.numbers[group.place] = as_fine(Fraction(total), terms)
            return
        values = [Fraction(score) for score in terms]
        if adding.way == "best":
            counting = adding.counting(values)
            kept = [terms[place] for place in counting]
            for place in range(len(terms)):
                if place not in counting:
                    self.left_out.update(self._rows(places[place]))
        found = Fraction(adding.uncapped(values))
        score = number(found, None) if adding.way == "convert" else as_fine(found, kept)
        if adding.way != "sum":
            self._tell(group, terms, kept, score)
        if adding.cap is not None and found > adding.cap:
            cap = Fraction(adding.cap)
            formula = said("group-cap", name=group.branch.path, score=number_text(score), cap=exact_text(cap))
            score = as_fine(cap, [score])
            self._step("cap", formula, score, group.branch.origin / "cap")
        self.numbers[group.place] = score

    def _rows(self, place: int) -> tuple[int, ...]:
        """The rows that stand at *place*, which may be that of a group."""
        rows = len(self.program.rows)
        return (place,) if place < rows else self.program.branches[place - rows].rows

    def _tell(self, group: Group, terms: Sequence[Number], kept: Sequence[Number], score: Number) -> None:
        """Tell the *score* of a group in which not all members simply add up."""
        adding, name, origin = group.adding, group.branch.path, group.branch.origin
        if adding.way == "best":
            formula = said("best-of", name=name, count=adding.count, terms=" + ".join(map(number_text, kept)))
            self._step("best", formula, score, origin / "best")
        elif adding.way == "weakest":
            values = [Fraction(score) for score in terms]
            plus = Fraction(adding.plus) if max(values) > min(values) else Fraction(0)
            listed = ", ".join(map(number_text, terms))
            word = "weakest-plus" if plus else "weakest-of"
            formula = said(word, name=name, terms=listed, plus=exact_text(plus))
            self._step("weakest", formula, score, origin / "combine")
        elif adding.way == "convert":
            raw = summed(terms)
            piece = adding.tables[len(terms)].piece(raw)
            listed = " + ".join(map(number_text, terms))
            formula = said("converted", name=name, count=len(terms), terms=listed, sum=exact_text(raw))
            table = origin / "convert" / str(len(terms))
            at = table if piece is None or piece.index is None else table / piece.index
            self._step("convert", formula, score, at)

    def _step(self, term: str, formula: Said, score: Number, origin: Origin) -> None:
        value = number_text(score)
        self.steps.append(Step(term=term, formula=formula, value=value, shown=value, origin=origin))


class _End:
    """The way from what rows and groups add up to, to total and grade."""

    def __init__(
        self, program: Program, holding: Iterable[Gate], steps: list[Step], decimals: int | None = None
    ) -> None:
        self.program, self.holding, self.steps = program, tuple(holding), steps
        row = program.quanta.row
        self.decimals = row.decimals if decimals is None and row is not None else decimals

    def total_and_grade(self, added: Fraction) -> tuple[Number, str | None]:
        """Total and grade after the overrides that hold: of several totals or grades the first counts."""
        total, limited = self._limited(added)
        grade = self.earned_grade(Fraction(total), limited)
        replaced = next((gate for gate in self.holding if gate.total is not None), None)
        if replaced is not None and replaced.total is not None:
            total = replaced.total
            self._override(replaced, plain(total))
            grade = self.earned_grade(Fraction(total), Fraction(total))
        grade = self.given_grade(grade)
        return total, None if grade is None else self.program.grades[grade].name

    def _limited(self, added: Fraction) -> tuple[Number, Fraction]:
        """The sum between 0 and the cap, rounded, and before it was rounded."""
        cap, quanta = self.program.cap, self.program.quanta
        limited = max(Fraction(0), added if cap is None else min(cap, added))
        if limited != added:
            word = "cap" if added > limited else "floor"
            formula = said_of("limit", word, share=exact_text(added), limit=exact_text(limited))
            self.step(word, formula, exact_text(limited), self.program.place((word,)))
        if quanta.total is not None:
            total = rounded(limited, quanta.total)
            self.step("rounding", rounding_said(limited, quanta.total), number_text(total), quanta.total_origin)
            return total, limited
        # A cap may have more decimals than the rows, and keeps them.
        own = decimals_of(limited)
        return number(limited, own if own is None or self.decimals is None else max(own, self.decimals)), limited

    def earned_grade(self, total: Fraction, limited: Fraction) -> int | None:
        """The place of the grade that *total* earns, which is *limited* rounded; None where there are no grades."""
        quanta = self.program.quanta
        read = total if quanta.grade_reads_total else limited
        if quanta.grade is not None:
            raw, read = read, quanta.grade.round(limited)
            self.step("grade-rounding", rounding_said(raw, quanta.grade), exact_text(read), quanta.grade_origin)
        grade = grade_of(self.program.grades, read)
        if grade is None:
            return None
        assert grade.from_ is not None, "only a grade with an edge is earned"
        self.step("grade", f"{exact_text(read)} ≥ {plain(grade.from_)}", grade.name, grade.origin, grade.basis)
        return self.program.grades.index(grade)

    def given_grade(self, grade: int | None) -> int | None:
        """The place of the grade after the overrides that hold."""
        given = next((gate for gate in self.holding if gate.grade is not None), None)
        if given is not None and given.grade is not None:
            grade = given.grade
            self._override(given, self.program.grades[grade].name)
        for gate in self.holding:
            if gate.best_grade is not None and grade is not None and grade < gate.best_grade:
                grade = gate.best_grade
                self._override(gate, self.program.grades[grade].name)
        return grade

    def _override(self, gate: Gate, value: str) -> None:
        formula: str | Said = said("override-holds", when=gate.when)
        if gate.edge is not None:
            side, amount = gate.edge
            formula = said("override-score", when=gate.when, edge=f"{side.sign} {amount}")
        self.step("override", formula, value, gate.origin, gate.basis)

    def step(self, term: str, formula: str | Said, value: str, origin: Origin, basis: str | None = None) -> None:
        self.steps.append(Step(term=term, formula=formula, value=value, shown=value, origin=origin, basis=basis))


def grade_of(grades: Sequence[Grade], total: Fraction) -> Grade | None:
    """The first grade whose ``from`` the total reaches; one without ``from`` is not earned."""
    return next((grade for grade in grades if grade.from_ is not None and total >= Fraction(grade.from_)), None)
