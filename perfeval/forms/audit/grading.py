"""The grade of a total by the rules, and what their overrides make of it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from perfeval.engine.scores import Number, number
from perfeval.forms.audit.sheet import Sheet
from perfeval.language.normal import Edge, squeezed
from perfeval.language.scorecard import Override


def graded(sheet: Sheet, total: Number, scores: Sequence[Number | None]) -> tuple[Number, str | None]:
    """*total* and its grade, after the overrides that rest on the score of a row.

    *scores* are those of the rows, in their order. A form has no yes/no facts: an override that asks for one is taken
    not to hold.
    """
    holding = [one for one in sheet.card.overrides if _holds(sheet, one, scores)]
    replaced = next((one.total for one in holding if one.total is not None), None)
    if replaced is not None:
        total = number(Fraction(replaced), None)
    names = [one.name for one in sheet.card.grades]
    earned = sheet.grade(Fraction(total))
    grade = next((one.grade for one in holding if one.grade is not None), None if earned is None else earned.name)
    for one in holding:
        limit = one.best_grade
        if limit in names and grade in names and names.index(grade) < names.index(limit):
            grade = limit
    return total, grade


def _holds(sheet: Sheet, override: Override, scores: Sequence[Number | None]) -> bool:
    edge = override.edge()
    if edge is None:
        return False
    word, amount = edge
    for line, score in zip(sheet.lines, scores, strict=True):
        if squeezed(line.name) == squeezed(override.when) and score is not None and line.weight is not None:
            return Edge(word=word, at=amount.points(line.weight.value), text="").holds(Fraction(score))
    return False
