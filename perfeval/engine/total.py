"""From the rows to groups, total and grade, and the rounding on the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from attrs import field, frozen

from perfeval.engine.gates import Gate
from perfeval.engine.program import Program
from perfeval.engine.scores import Number, added_up, as_fine, number, number_text
from perfeval.engine.step import Step
from perfeval.engine.weighing import Weights
from perfeval.exact import Quantum, decimals_of, exact_text, near_text, plain
from perfeval.fixed import Fixed
from perfeval.language.amounts import EDGE_SIGNS
from perfeval.language.groups import Branch
from perfeval.language.normal import Edge
from perfeval.language.scorecard import Grade
from perfeval.messages import Said, said
from perfeval.problems import Origin


def rounded(value: Fraction, quantum: Quantum | None) -> Number:
    """*value* rounded once, with the decimals the quantum prints; without a quantum as it is."""
    return number(value, None) if quantum is None else quantum.rounded(value)


def rounding_said(value: Fraction, quantum: Quantum) -> Said:
    """How a value is rounded, in words."""
    return said("rounded", value=near_text(value), step=quantum.text, mode=said(f"mode-{quantum.mode}"))


@frozen(kw_only=True, eq=False, repr=False)
class Scored:
    """One row as the sum sees it: None as score where it does not apply."""

    name: str
    weight: Fraction
    score: Number | None


def _scores(items: Mapping[str, Number]) -> Mapping[str, Number]:
    return Fixed(items)


@frozen(kw_only=True, eq=False, repr=False)
class Sum:
    """Total and grade, and how they came about; the score of each group, and the rows that are left out of it."""

    total: Number
    grade: str | None
    groups: Mapping[str, Number] = field(converter=_scores)
    left_out: frozenset[int]
    steps: tuple[Step, ...]


def add_up(program: Program, rows: Sequence[Scored], weights: Weights, flags: frozenset[str] = frozenset()) -> Sum:
    """The total of the rounded rows, between 0 and the cap, rounded once, and its grade.

    *weights* are those of the form, *flags* the yes/no facts that hold.
    """
    return _Adder(program, rows, weights, flags).sum()


def ended(program: Program, raw: Fraction, weights: Weights, holding: Sequence[int] = ()) -> tuple[Number, str | None]:
    """Total and grade where rows and groups come to *raw*; *holding* are the places of the gates that hold."""
    return _Adder(program, (), weights, frozenset(), [program.gates[place] for place in holding]).ended(raw)


class _Adder:
    """Adds one form up."""

    def __init__(  # all that a sum looks at
        self,
        program: Program,
        rows: Sequence[Scored],
        weights: Weights,
        flags: frozenset[str],
        holding: Sequence[Gate] | None = None,
    ) -> None:
        self.program, self.rows, self.weights, self.flags = program, rows, weights, flags
        #: The overrides that hold, where that is known already.
        self.known = holding
        self.branches = {branch.path: branch for branch in program.branches}
        self.groups: dict[str, Number] = {}
        self.left_out: set[int] = set()
        self.steps: list[Step] = []

    def sum(self) -> Sum:
        for branch in reversed(self.program.branches):  # each group before the one that holds it
            self.groups[branch.path] = self._group(branch)
        terms = list(self._terms())
        added = added_up(terms)
        here = self.program.place(("total",))
        self._step("sum", " + ".join(map(number_text, terms)) or "0", number_text(added), here)
        total, grade = self.ended(Fraction(added))
        return Sum(
            total=total,
            grade=grade,
            groups=self.groups,
            left_out=frozenset(self.left_out),
            steps=tuple(self.steps),
        )

    def ended(self, raw: Fraction) -> tuple[Number, str | None]:
        """Total and grade where the terms come to *raw*."""
        total, limited = self._total(raw)
        total, grade = self._gated(total, self._grade(total, limited))
        return total, None if grade is None else self.program.grades[grade].name

    def _total(self, raw: Fraction) -> tuple[Number, Fraction]:
        """The sum between 0 and the cap, rounded, and before it was rounded."""
        cap, quanta = self.program.cap, self.program.quanta
        limited = max(Fraction(0), raw if cap is None else min(cap, raw))
        if limited != raw:
            word = "cap" if raw > limited else "floor"
            formula = said(f"limit-{word}", share=exact_text(raw), limit=exact_text(limited))
            self._step(word, formula, exact_text(limited), self.program.place((word,)))
        if quanta.total is not None:
            total = rounded(limited, quanta.total)
            formula = rounding_said(limited, quanta.total)
            self._step("rounding", formula, number_text(total), quanta.total_origin)
            return total, limited
        # A cap may have more decimals than the rows, and keeps them.
        own, rows = decimals_of(limited), None if quanta.row is None else quanta.row.decimals
        return number(limited, own if own is None or rows is None else max(own, rows)), limited

    def _grade(self, total: Number, limited: Fraction) -> int | None:
        """The place of the grade that the total earns."""
        quanta = self.program.quanta
        read = Fraction(total) if quanta.grade_reads_total else limited
        if quanta.grade is not None:
            raw_total, read = read, quanta.grade.round(limited)
            formula = rounding_said(raw_total, quanta.grade)
            self._step("grade-rounding", formula, exact_text(read), quanta.grade_origin)
        return self._graded(read)

    def _graded(self, read: Fraction) -> int | None:
        grade = grade_of(self.program.grades, read)
        if grade is None:
            return None
        assert grade.from_ is not None, "only a grade with an edge is earned"
        formula = f"{exact_text(read)} ≥ {plain(grade.from_)}"
        self._step("grade", formula, grade.name, grade.origin, grade.basis)
        return self.program.grades.index(grade)

    def _terms(self) -> Iterator[Number]:
        """What adds up to the total, in the order of the form: rows, and groups that are not just the sum of theirs."""
        told: set[str] = set()
        for row, scored in zip(self.program.rows, self.rows, strict=True):
            paths = [path for path in _downwards(row.group) if not self.branches[path].adding.is_plain]
            if not paths:
                if scored.score is not None:
                    yield scored.score
            elif paths[0] not in told:
                told.add(paths[0])
                yield self.groups[paths[0]]

    def _group(self, branch: Branch) -> Number:
        """The score of one group; what it does that is not a sum is a step."""
        # The score of each member that applies, and the rows in it.
        terms: list[tuple[Number, tuple[int, ...]]] = [
            *((score, (row,)) for row in branch.own if (score := self.rows[row].score) is not None),
            *((self.groups[path], self.branches[path].rows) for path in branch.inner if self._applies(path)),
        ]
        adding, name, scale = branch.adding, branch.path, self.weights.scales[branch.path]
        score = added_up([score for score, _ in terms])
        if not terms or adding.is_plain:
            return score
        scores = [score for score, _ in terms]
        values = [Fraction(score) for score in scores]
        if adding.way == "best":
            # Of two that score the same the first counts.
            best = sorted(range(len(terms)), key=lambda place: -Fraction(scores[place]))[: adding.count]
            for place, (_, inside) in enumerate(terms):
                if place not in best:
                    self.left_out.update(inside)
            kept = [scores[place] for place in sorted(best)]
            score = added_up(kept)
            formula = said("best-of", name=name, count=adding.count, terms=" + ".join(map(number_text, kept)))
            self._step("best", formula, number_text(score), branch.origin / "best")
        elif adding.way == "weakest":
            low, high = min(values), max(values)
            plus = adding.plus * scale if high > low else Fraction(0)
            score = as_fine(low + plus, scores)
            listed = ", ".join(map(number_text, scores))
            word = "weakest-plus" if plus else "weakest-of"
            formula = said(word, name=name, terms=listed, plus=exact_text(plus))
            self._step("weakest", formula, number_text(score), branch.origin / "combine")
        elif adding.way == "convert":
            raw = sum(values, Fraction(0))
            piece = adding.tables[len(terms)].piece(raw)
            assert piece is not None, "a list of bands takes every number"
            score = number(piece.at(raw) * self.weights.groups[branch.path], None)
            listed = " + ".join(map(number_text, scores))
            formula = said("converted", name=name, count=len(terms), terms=listed, sum=exact_text(raw))
            origin = branch.origin / "convert" / str(len(terms))
            self._step("convert", formula, number_text(score), origin if piece.index is None else origin / piece.index)
        if adding.cap is not None and Fraction(score) > adding.cap * scale:
            cap = adding.cap * scale
            formula = said("group-cap", name=name, score=number_text(score), cap=exact_text(cap))
            score = as_fine(cap, [score])
            self._step("cap", formula, number_text(score), branch.origin / "cap")
        return score

    def _applies(self, path: str) -> bool:
        """Whether some row of the group *path* does."""
        return any(self.rows[row].score is not None for row in self.branches[path].rows)

    def _gated(self, total: Number, grade: int | None) -> tuple[Number, int | None]:
        """Total and grade after the overrides that hold: of several totals or grades the first counts."""
        holding = self.known
        if holding is None:
            holding = [gate for gate in self.program.gates if self._holds(gate)]
        replaced = next((gate for gate in holding if gate.total is not None), None)
        if replaced is not None and replaced.total is not None:
            total = replaced.total
            self._override(replaced, plain(total))
            grade = self._grade(total, Fraction(total))
        given = next((gate for gate in holding if gate.grade is not None), None)
        if given is not None and given.grade is not None:
            grade = given.grade
            self._override(given, self.program.grades[grade].name)
        for gate in holding:
            if gate.best_grade is not None and grade is not None and grade < gate.best_grade:
                grade = gate.best_grade
                self._override(gate, self.program.grades[grade].name)
        return total, grade

    def _override(self, gate: Gate, value: str) -> None:
        formula: str | Said = said("override-holds", when=gate.when)
        if gate.edge is not None:
            word, amount = gate.edge
            formula = said("override-score", when=gate.when, edge=f"{EDGE_SIGNS[word]} {amount}")
        self._step("override", formula, value, gate.origin, gate.basis)

    def _holds(self, gate: Gate) -> bool:
        if gate.edge is None:
            return gate.when in self.flags
        word, amount = gate.edge
        if gate.row is not None:
            row = self.rows[gate.row]
            score, weight = row.score, row.weight
        elif gate.group is not None:
            score = self.groups[gate.group] if self._applies(gate.group) else None
            weight = self.weights.groups[gate.group]
        else:
            return False
        if score is None:
            return False  # what does not apply has no score to compare
        return Edge(word=word, at=amount.points(weight), text="").holds(Fraction(score))

    def _step(self, term: str, formula: str | Said, value: str, origin: Origin, basis: str | None = None) -> None:
        step = Step(term=term, formula=formula, value=value, shown=value, origin=origin, basis=basis)
        self.steps.append(step)


def grade_of(grades: Sequence[Grade], total: Fraction) -> Grade | None:
    """The first grade whose ``from`` the total reaches; one without ``from`` is not earned."""
    return next((grade for grade in grades if grade.from_ is not None and total >= Fraction(grade.from_)), None)


def _downwards(path: str) -> Iterator[str]:
    """Every group that holds a row, the outermost first."""
    parts = path.split("/") if path else []
    for length in range(1, len(parts) + 1):
        yield "/".join(parts[:length])
