"""The header of a table of forms: which column holds which fact."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from operator import itemgetter
from typing import Any, Final

from attrs import evolve, field, frozen

from perfeval.engine.program.program import Program, ProgramRow
from perfeval.methods.normal_form import Judged, Measured
from perfeval.numbers.rounding import DIGITS
from perfeval.problems import InputError, Origin, Place, Problem, guess, problem
from perfeval.text.messages import Said, shown

_POINTS: Final = re.compile(rf"-?[0-9]{{1,{DIGITS}}}(?:\.[0-9]{{1,{DIGITS}}})?", re.ASCII)

#: The column that names a form, where no indicator is called so.
ID: Final = "id"


@frozen(kw_only=True)
class Columns:
    """The header of a table, understood: the cells of a row become facts."""

    file: str
    header: tuple[str, ...]
    #: The columns of plain facts, and the keys they have among the facts.
    plain: tuple[int, ...]
    plain_keys: tuple[str, ...]
    #: The columns of the values of tables: the key of the fact, then each key inside with its column.
    tables: tuple[tuple[str, tuple[str, ...], tuple[int, ...]], ...]
    #: The keys of those that a person has judged: their ``score`` may be points.
    judged: frozenset[str]
    #: Yes/no facts.
    flags: tuple[tuple[str, int], ...]
    #: The column that names the form.
    id: int | None
    #: Columns that nothing is made of.
    unused: tuple[str, ...]
    #: Picks the cells of plain facts out of a row, and two more, for it returns no tuple of fewer.
    _pick: Callable[[Sequence[str]], tuple[str, ...]] = field(init=False, eq=False, repr=False)

    @_pick.default
    def _of_plain(self) -> Callable[[Sequence[str]], tuple[str, ...]]:
        return itemgetter(*self.plain, 0, 0)

    def facts(self, cells: Sequence[str]) -> dict[str, Any]:
        """The facts of one row, which has as many cells as the header."""
        found: dict[str, Any] = dict(zip(self.plain_keys, self._pick(cells)))  # noqa: B905  # see there
        for key, inside, places in self.tables:
            values: list[Any] = [cells[place] for place in places]
            if not any(values):
                found[key] = ""
                continue
            table = found[key] = dict(zip(inside, values, strict=True))
            if key in self.judged and _POINTS.fullmatch(score := table.get("score", "").strip()):
                # In a table every cell is text: a bare number is points, as it is without quotes elsewhere.
                table["score"] = Decimal(score)
        for key, place in self.flags:
            if (cell := cells[place]).strip():
                found[key] = _TRUTHS.get(cell.strip().casefold(), cell)
        return found

    def column(self, origin: Origin) -> int | None:
        """The number of the column that a fact stands in, from 1; the first of a table's."""
        path = [str(step) for step in origin.path]
        for name in (".".join(path[:2]), *path[:1]):
            if name in self.header:
                return self.header.index(name) + 1
        start = f"{path[0]}." if path else ""
        return next((place for place, name in enumerate(self.header, 1) if start and name.startswith(start)), None)


_TRUTHS: Final = {
    **dict.fromkeys(("true", "yes", "1", "是"), True),
    **dict.fromkeys(("false", "no", "0", "否"), False),
}


def columns(program: Program, header: Sequence[str], file: str) -> Columns:
    """Read the *header* of the table in *file*; InputError where it names a column twice or lacks one."""
    found = _Header(program, [name.strip() for name in header], file)
    found.sort()
    found.check()
    if found.faults:
        raise InputError(found.faults)
    return found.columns()


class _Header:
    """The names of the columns while they are told apart: flags, plain facts, and keys of facts that are tables."""

    def __init__(self, program: Program, names: list[str], file: str) -> None:
        self.program = program
        self.names = names
        self.file = file
        self.faults: list[Problem] = []
        self.plain: dict[int, tuple[int, str]] = {}
        self.tables: dict[int, tuple[str, list[str], list[int]]] = {}
        self.flags: list[tuple[str, int]] = []
        self.used: set[int] = set()

    def sort(self) -> None:
        """Give each column its place, the repeated ones a fault."""
        known_flags = {gate.when for gate in self.program.gates if gate.is_flag}
        for place, name in enumerate(self.names):
            if name and name in self.names[:place]:
                self._fault("duplicate-column", place, found=name, first=self.names.index(name) + 1)
        for place, name in enumerate(self.names):
            key, _, inner = name.rpartition(".")
            if name in known_flags:
                self.flags.append((name, place))
            elif (row := _row(self.program, name)) is not None:
                if row.index in self.plain:
                    self._twice(place, row)
                self.plain.setdefault(row.index, (place, name))
            elif key and (row := _row(self.program, key)) is not None:
                _, inside, places = self.tables.setdefault(row.index, (key, [], []))
                inside.append(inner)
                places.append(place)
            else:
                continue
            self.used.add(place)

    def check(self) -> None:
        """Find the rows that have no column, two, or some columns of a table only."""
        for row in self.program.rows:
            if row.index not in self.tables:
                if row.index not in self.plain:
                    wanted = _wanted(row)
                    unused = [name for place, name in enumerate(self.names) if place not in self.used and name]
                    advice = guess(wanted[0], unused)
                    self._fault("missing-column", 0, advice=advice, found=row.name, known=wanted)
                continue
            key, inside, places = self.tables[row.index]
            if row.index in self.plain:
                self._twice(places[0], row)
            elif lacking := tuple(f"{key}.{name}" for name in _amounts(row) if name not in inside):
                self._fault("missing-column", places[0], found=row.name, known=lacking)

    def columns(self) -> Columns:
        names, used, rows = self.names, self.used, self.program.rows
        id_ = names.index(ID) if ID in names and names.index(ID) not in used else None
        ordered = [self.plain[row.index] for row in rows if row.index in self.plain]
        return Columns(
            file=self.file,
            header=tuple(names),
            plain=tuple(place for place, _ in ordered),
            plain_keys=tuple(name for _, name in ordered),
            tables=tuple(
                (key, tuple(inside), tuple(places)) for _, (key, inside, places) in sorted(self.tables.items())
            ),
            judged=frozenset(
                key for index, (key, _, _) in self.tables.items() if isinstance(rows[index].lowered, Judged)
            ),
            flags=tuple(self.flags),
            id=id_,
            unused=tuple(name for place, name in enumerate(names) if place not in used and place != id_ and name),
        )

    def _twice(self, place: int, row: ProgramRow) -> None:
        self._fault("duplicate-column", place, found=row.name, first=self.plain[row.index][0] + 1)

    def _fault(self, name: str, place: int, *, advice: Said | None = None, **args: Any) -> None:
        where = Place(file=shown(self.file), line=1, column=place + 1)
        self.faults.append(evolve(problem(name, Origin(self.file), advice=advice, **args), place=where))


def _row(program: Program, name: str) -> ProgramRow | None:
    found = program.names.get(name, ())
    return program.rows[found[0]] if len(found) == 1 else None


def _wanted(row: ProgramRow) -> tuple[str, ...]:
    """Return the names that the columns of a row may have."""
    name = row.id or row.name
    lowered = row.lowered
    if made := _amounts(row):
        return tuple(f"{name}.{key}" for key in made)
    if isinstance(lowered, Judged) and not all(tier.fixed for tier in lowered.tiers):
        return (f"{name}.tier", f"{name}.score")
    return (name,)


def _amounts(row: ProgramRow) -> tuple[str, ...]:
    """The amounts that the facts of a row must have."""
    if not isinstance(row.lowered, Measured):
        return ()
    made = (row.lowered.actual, row.lowered.target)
    return tuple(dict.fromkeys(name for one in made if one for name in one.names))
