"""Results of many forms as lines of CSV or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Literal, TypeAlias

from attrs import define, field

from perfeval.engine.compiled.compiler import Kept
from perfeval.engine.plan import Plan
from perfeval.engine.results.evaluation import Evaluation
from perfeval.numbers.rounding import decimal, plain
from perfeval.numbers.scores import number_text
from perfeval.problems import Problem
from perfeval.report.formats.csv import cell
from perfeval.report.formats.json import in_ascii
from perfeval.text.messages import Language

Kind: TypeAlias = Literal["csv", "jsonl"]


@define
class Results:
    """Writes the results of one plan: the number of the line a form stood on, its name, total, grade, scores."""

    plan: Plan
    kind: Kind
    lang: Language
    named: bool
    _texts: Kept = field(init=False)
    _cells: Kept = field(init=False)

    def __attrs_post_init__(self) -> None:
        quantum = self.plan.program.quanta.row
        self._texts = Kept(lambda count: plain(decimal(quantum.step * count, quantum.decimals)) if quantum else "")
        self._cells = Kept(cell)

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the key of each row: its shortest name that no other row has."""
        program = self.plan.program
        return tuple(next(key for key in row.keys if len(program.names[key]) == 1) for row in program.rows)

    def head(self) -> str:
        """The first line."""
        if self.kind == "jsonl":
            return ""
        names = ["line", *(["id"] if self.named else []), "total", "grade", *self.keys, "problems"]
        return ",".join(map(cell, names)) + "\n"

    def line(self, number: int, name: str, evaluation: Evaluation) -> str:
        """The line of a form that was scored."""
        if self.kind == "jsonl":
            scores = dict(zip(self.keys, self._scores(evaluation), strict=True))
            named = {"id": name} if self.named else {}
            total = number_text(evaluation.total)
            return _dumped({"line": number, **named, "total": total, "grade": evaluation.grade, "scores": scores})
        middle = f"{name if name.isalnum() else cell(name)}," if self.named else ""
        return (
            f"{number},{middle}{number_text(evaluation.total)},{self._cells[evaluation.grade or '']},"
            f"{','.join(self._scores(evaluation))},\n"
        )

    def fault(self, number: int, name: str, problems: Sequence[Problem]) -> str:
        """The line of a form that could not be scored."""
        if self.kind == "jsonl":
            named = {"id": name} if self.named else {}
            return _dumped({"line": number, **named, "problems": [one.as_dict(self.lang) for one in problems]})
        told = " | ".join(self._told(one) for one in problems)
        middle = f"{cell(name)}," if self.named else ""
        return f"{number},{middle},,{',' * len(self.plan.program.rows)}{cell(told)}\n"

    def _told(self, one: Problem) -> str:
        where = f"{'.'.join(map(str, one.origin.path))}: " if one.origin.path else ""
        return f"{where}{one.name}: {one.message_in(self.lang)}"

    def _scores(self, evaluation: Evaluation) -> Iterable[str]:
        if evaluation._scores:
            return map(self._texts.__getitem__, evaluation._scores)
        return [number_text(row.score) for row in evaluation.indicators]


def _dumped(data: Any) -> str:
    return in_ascii(json.dumps(data, ensure_ascii=False)) + "\n"
