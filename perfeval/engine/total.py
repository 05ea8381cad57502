"""From the rows to total and grade, and the rounding on the way."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import frozen

from perfeval.engine.evaluation import Number, Step, added_up, number, number_text
from perfeval.engine.program import Program
from perfeval.exact import Quantum, decimal, decimals_of, exact_text, near_text, plain
from perfeval.language.scorecard import Grade
from perfeval.messages import Said, said
from perfeval.problems import Origin


def rounded(value: Fraction, quantum: Quantum | None) -> Number:
    """*value* rounded once, with the decimals the quantum prints; without a quantum as it is."""
    return number(value, None) if quantum is None else decimal(quantum.round(value), quantum.decimals)


def rounding_said(value: Fraction, quantum: Quantum) -> Said:
    """How a value is rounded, in words."""
    step = plain(decimal(quantum.step, quantum.decimals))
    return said("rounded", value=near_text(value), step=step, mode=said(f"mode-{quantum.mode}"))


@frozen(kw_only=True)
class Sum:
    """Total and grade, and how they came about."""

    total: Number
    grade: str | None
    steps: tuple[Step, ...]


def add_up(program: Program, scores: Sequence[Number]) -> Sum:
    """The total of the rounded rows, between 0 and the cap, rounded once, and its grade."""
    quanta = program.quanta
    raw = sum((Fraction(score) for score in scores), Fraction(0))
    steps = [
        _step(
            "sum",
            " + ".join(map(number_text, scores)) or "0",
            number_text(added_up(scores)),
            program.owners.origin(("total",)),
        )
    ]
    limited = max(Fraction(0), raw if program.cap is None else min(program.cap, raw))
    if limited != raw:
        word = "cap" if raw > limited else "floor"
        formula = said(f"limit-{word}", share=exact_text(raw), limit=exact_text(limited))
        steps.append(_step(word, formula, exact_text(limited), program.owners.origin((word,))))
    if quanta.total is not None:
        total = rounded(limited, quanta.total)
        steps.append(_step("rounding", rounding_said(limited, quanta.total), number_text(total), quanta.total_origin))
    else:
        # A cap may have more decimals than the rows, and keeps them.
        own, rows = decimals_of(limited), None if quanta.row is None else quanta.row.decimals
        total = number(limited, own if own is None or rows is None else max(own, rows))
    read = Fraction(total) if quanta.grade_reads_total else limited
    if quanta.grade is not None:
        raw_total, read = read, quanta.grade.round(limited)
        value = exact_text(read)
        steps.append(_step("grade-rounding", rounding_said(raw_total, quanta.grade), value, quanta.grade_origin))
    grade = grade_of(program.grades, read)
    if grade is not None:
        steps.append(
            _step("grade", f"{exact_text(read)} ≥ {plain(grade.from_)}", grade.name, grade.origin, grade.basis)
        )
    return Sum(total=total, grade=None if grade is None else grade.name, steps=tuple(steps))


def grade_of(grades: Sequence[Grade], total: Fraction) -> Grade | None:
    """The first grade whose ``from`` the total reaches."""
    return next((grade for grade in grades if total >= Fraction(grade.from_)), None)


def _step(term: str, formula: str | Said, value: str, origin: Origin, basis: str | None = None) -> Step:
    return Step(term=term, formula=formula, value=value, shown=value, origin=origin, basis=basis)
