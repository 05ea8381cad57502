"""Compiling a program into one Python function for forms of one layout."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from operator import itemgetter
from typing import Any, Final, TypeAlias

from attrs import frozen

from perfeval.engine.compiled.layout import KINDS, Layout, kept
from perfeval.engine.compiled.lines import Line, lines, ratio_lines
from perfeval.engine.compiled.replay import Folded, Interpreting, Recalled, Recalling, RowRecall, Rows
from perfeval.engine.compiled.rows import RowReader, UnansweredError, crowded, normal
from perfeval.engine.compiled.source import (
    Source,
    Spot,
    decimal_row,
    fits_decimals,
    ratio_row,
    row_function,
    rows_function,
    whole_row,
)
from perfeval.engine.facts.reading import Given
from perfeval.engine.program.program import Program, ProgramRow
from perfeval.engine.results.evaluation import Evaluation
from perfeval.engine.results.indicator import IndicatorResult
from perfeval.engine.scoring.aggregation import Adder, whole_adder
from perfeval.engine.scoring.totals import total_and_grade
from perfeval.engine.scoring.weights import Weights, weighed
from perfeval.methods.normal_form import Measured
from perfeval.numbers.quantity import Moment, Quantity
from perfeval.numbers.rounding import Quantum, decimal
from perfeval.numbers.scores import Number
from perfeval.problems import Origin, Problem

#: Facts as a program gives them, scored; None where the interpreter is to do it.
Scoring: TypeAlias = Callable[[Mapping[str, Any]], Evaluation | None]

#: So many totals are kept, with their grades.
_TOTALS: Final = 65536
_HERE: Final = Origin("<compiler>")
_FILE: Final = "<perfeval: generated>"

#: What a generated function meets where a fact is not what it was written for.
_UNEXPECTED: Final = (KeyError, TypeError, ValueError, ArithmeticError, AttributeError, UnansweredError)


class Kept(dict[Any, Any]):
    """A bounded cache."""

    def __init__(self, work_out: Callable[[Any], Any]) -> None:
        super().__init__()
        self.work_out = work_out

    def __missing__(self, key: Any) -> Any:
        if len(self) >= _TOTALS:
            self.clear()
        found = self[key] = self.work_out(key)
        return found


@frozen(kw_only=True)
class Compiler:
    """A program whose rows are all lowered to whole quanta: it writes a function for each layout of forms."""

    program: Program
    weights: Weights
    quantum: Quantum
    readers: tuple[RowReader, ...]
    #: The lines of a row over the bare number of its actual, or over one of its two amounts ÷ the other.
    bare: tuple[tuple[Line, ...] | None, ...]
    scores: Kept
    #: Total and grade of a sum and the overrides that hold, what finds both, and in how many units to a quantum.
    totals: Kept
    adder: Adder
    unit: int

    def function(self, layout: Layout, interpret: Interpreting) -> Scoring:
        """The function for forms of *layout*; *interpret* is who answers for the rest."""
        folded = Folded(
            program=self.program, weights=self.weights, layout=layout, interpret=interpret, write_rows=self.rows
        )
        source = Source(names={
            "Decimal": Decimal, "Evaluation": Evaluation,
            "ratio": Decimal.as_integer_ratio, "adjusted": Decimal.adjusted, "signed": Decimal.is_signed,
            "normal": normal, "kept": kept, "unexpected": _UNEXPECTED, "totals": self.totals, "tail": self.tail,
            "folded": folded,
        })  # fmt: skip
        _Writer(self, layout, source).write()
        exec(source.compiled(_FILE), source.names)  # the source holds nothing from any file
        return source.names["score"]  # type: ignore[no-any-return]

    def rows(self, recalling: Recalling) -> Rows:
        """The function that makes the rows of a form, of which *recalling* knows the rest."""
        source = Source(names={
            "IndicatorResult": IndicatorResult, "pick": itemgetter, "decimals": self.scores,
        })  # fmt: skip
        last = Recalled(recalling)
        rows_function(source, [RowRecall(recalling, last, row.index) for row in self.program.rows])
        exec(source.compiled(_FILE), source.names)  # the source holds nothing from any file
        return source.names["rows"]  # type: ignore[no-any-return]

    def crowded(self) -> bool:
        """Return True if rows no longer cache the numbers that this function looks for."""
        return crowded(self.readers)

    @property
    def is_plain(self) -> bool:
        """True if the total is no more than the sum of the rows, and no override looks at a score."""
        adding = all(branch.adding.is_plain for branch in self.program.branches)
        return adding and all(gate.is_flag for gate in self.program.gates)

    def tail(self, scores: tuple[int, ...], flags: frozenset[str]) -> tuple[Number, str | None]:
        """Total and grade of any form."""
        found = self.adder.scores([score * self.unit for score in scores])
        return self.totals[self.adder.sum(found), self.adder.holding(found, flags)]  # type: ignore[no-any-return]


def compiler_of(program: Program) -> Compiler | None:
    """The compiler of *program*; None where its scores are no whole quanta, or depend on which rows apply."""
    quantum = program.quanta.row
    faults: list[Problem] = []
    standing = [Given(origin=_HERE, actual="", target=None, actual_origin=_HERE) for _ in program.rows]
    if quantum is None or not program.rows:
        return None
    weights = weighed(program, standing, _HERE, faults)
    if faults:
        return None
    source = Source()
    found = [_read(source, program, row, weights.rows[row.index], quantum) for row in program.rows]
    exec(source.compiled(_FILE), source.names)  # the source holds nothing from any file
    for row, (reader, _) in zip(program.rows, found, strict=True):
        name = f"row{row.index}"
        if reader.pair is None:
            reader.lined = source.names.get(name)
        else:
            reader.paired = source.names.get(name)

    unit, adding = whole_adder(program, weights, quantum.step)

    def total(key: tuple[int, tuple[int, ...]] | int) -> tuple[Number, str | None]:
        # Where there is nothing but rows to add, the sum is in quanta, and no override holds.
        count, holding = key if isinstance(key, tuple) else (key * unit, ())
        return total_and_grade(program, quantum.step * count / unit, [program.gates[place] for place in holding])

    return Compiler(
        program=program,
        weights=weights,
        quantum=quantum,
        readers=tuple(reader for reader, _ in found),
        bare=tuple(bare for _, bare in found),
        scores=Kept(lambda count: decimal(quantum.step * count, quantum.decimals)),
        totals=Kept(total),
        adder=adding,
        unit=unit,
    )


def _read(
    source: Source, program: Program, row: ProgramRow, weight: Fraction, quantum: Quantum
) -> tuple[RowReader, tuple[Line, ...] | None]:
    """The reader of one row, its function written to *source*; and its lines over bare numbers, where it has any."""
    reader = RowReader(program=program, row=row, weight=weight, quantum=quantum)
    lowered, name = row.lowered, f"row{row.index}"
    if not isinstance(lowered, Measured):
        return reader, None
    unit = (weight if row.weight else Fraction(1)) / quantum.step
    made, aim = lowered.actual, lowered.target
    if made is not None and aim is not None and lowered.at_zero is None and not lowered.void_at_zero:
        names = (*made.names, *aim.names)
        road = ratio_lines(lowered, Fraction(1), unit)
        if road is not None and len(set(names)) == len(names) == len(made.add) + len(aim.add) == 2:
            reader.pair = (names[0], names[1])
            row_function(source, name, road, quantum.mode)
            size = reader.pair_size("", "")
            return reader, None if size is None else ratio_lines(lowered, Fraction(*size), unit)
    if made is not None or aim is not None or isinstance(row.target, Moment):
        return reader, None
    target = row.target.value if isinstance(row.target, Quantity) else None
    found = lines(lowered, target, unit)
    if found is not None:
        row_function(source, name, found, quantum.mode)
    size = reader.size("")
    bare = None if size is None else lines(lowered, target, unit, Fraction(*size))
    return reader, bare if isinstance(bare, tuple) and fits_decimals(bare) else None


class _Writer:
    """Writes the function for one layout."""

    def __init__(self, compiler: Compiler, layout: Layout, source: Source) -> None:
        self.compiler, self.layout, self.source = compiler, layout, source

    def write(self) -> None:
        source, layout = self.source, self.layout
        count = len(layout.keys)
        names = [f"f{place}" for place in range(count)]
        source.add("def score(facts):")
        source.depth += 1
        source.add("try:")
        source.depth += 1
        source.add(f"if len(facts) != {source.name(count)}:")
        source.add(" return None")
        pick = source.name(itemgetter(*layout.keys))
        source.add(f"givens = {pick}(facts)" if count > 1 else f"givens = ({pick}(facts),)")
        source.add(f"{', '.join(names)}, = givens")
        given = [self._row(place, name) for place, name in enumerate(names[: len(layout.places)])]
        flags = names[len(layout.places) :]
        for name in flags:
            source.add(f"if {name}.__class__ is not bool:")
            source.add(" return None")
        if any(place.kind in {"table", "any"} for place in layout.places):
            source.add(f"givens = ({', '.join([*given, *flags])},)")
        self._end(len(given), flags)
        source.depth -= 1
        source.add("except unexpected:")
        source.add(" return None")

    def _end(self, rows: int, flags: Sequence[str]) -> None:
        source = self.source
        source.add(f"scores = ({', '.join(f's{place}' for place in range(rows))},)")
        held = source.name(frozenset())
        if flags:
            pairs = ", ".join(
                f"({source.name(key)}, {name})" for key, name in zip(self.layout.flags, flags, strict=True)
            )
            source.add(f"held = frozenset([key for key, holds in ({pairs},) if holds])")
            held = "held"
        if self.compiler.is_plain and not flags:
            source.add("total, grade = totals[sum(scores)]")
        else:
            source.add(f"total, grade = tail(scores, {held})")
        source.add("return Evaluation(total, grade, scores, givens, folded)")

    def _row(self, place: int, fact: str) -> str:
        """The lines that score one row; what is kept of its fact is returned."""
        source, score, where = self.source, f"s{place}", self.layout.places[place]
        reader, bare = self.compiler.readers[place], self.compiler.bare[place]
        mode, kind = self.compiler.quantum.mode, KINDS.get(where.kind, object)
        if where.kind == "table":
            return self._table(place, fact)
        if where.kind == "any":
            source.add(f"{fact} = kept({fact})")
            source.add(f"{score} = {source.name(reader.any)}({fact})")
        elif where.kind == "text":
            source.add(f"{score} = {source.name(reader.texts.get)}({fact})")
            source.add(f"if {score} is None:")
            source.add(f" {score} = {source.name(reader.text)}({fact})")
        elif (seen := reader.seen.get(kind)) is not None and seen.scores is not None:
            source.add(f"{score} = {source.name(seen.scores.get)}({fact})")
            source.add(f"if {score} is None or {fact}.__class__ is not {kind.__name__}:")
            source.add(f" {score} = {source.name(seen.new)}({fact})")
        elif bare is None or reader.pair is not None or where.kind == "float":
            source.add(f"if {fact}.__class__ is not {kind.__name__}:")
            source.add(" return None")
            source.add(f"{score} = {source.name(reader.any)}({fact})")
        else:
            write = decimal_row if where.kind == "decimal" else whole_row
            write(source, Spot((fact,), score, source.name(reader.number)), bare, mode)
        return fact

    def _table(self, place: int, fact: str) -> str:
        source, score, where = self.source, f"s{place}", self.layout.places[place]
        reader = self.compiler.readers[place]
        names = [f"{fact}_{index}" for index in range(len(where.inside))]
        source.add(f"if {fact}.__class__ is not dict or len({fact}) != {source.name(len(names))}:")
        source.add(" return None")
        for name, key in zip(names, where.inside, strict=True):
            source.add(f"{name} = {fact}[{source.name(key)}]")
        if reader.pair is not None and set(reader.pair) == set(where.inside):
            one, other = (names[where.inside.index(key)] for key in reader.pair)
            spot, bare = Spot((one, other), score, source.name(reader.pair_of)), self.compiler.bare[place]
            if bare is None or where.of not in {"decimal", "whole"}:
                source.add(f"{score} = {spot.odd}({one}, {other})")
            else:
                ratio_row(source, spot, bare, self.compiler.quantum.mode, whole=where.of == "whole")
        else:
            source.add(f"{score} = {source.name(reader.table)}({source.name(where.inside)}, {', '.join(names)})")
        return ", ".join(names)
