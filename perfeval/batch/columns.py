"""What the columns of a table of forms are: each row of the table is the facts of one form."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from operator import itemgetter
from typing import Any, Final

from attrs import evolve, field, frozen

from perfeval.engine.program import Program, ProgramRow
from perfeval.exact import DIGITS
from perfeval.language.normal import Judged, Measured
from perfeval.messages import shown
from perfeval.problems import InputError, Origin, Place, Problem, guess, problem

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

    def located(self, one: Problem, line: int, source: str = "") -> tuple[Origin, Place]:
        """Where a problem of the row on *line* stands."""
        origin = Origin(self.file, one.origin.path)
        return origin, Place(file=self.file, line=line, column=self.column(one.origin) or 1, source=source)


_TRUTHS: Final = {
    **dict.fromkeys(("true", "yes", "1", "是"), True),
    **dict.fromkeys(("false", "no", "0", "否"), False),
}


def columns(  # noqa: PLR0912  # one branch for each thing that a column can be
    program: Program, header: Sequence[str], file: str
) -> Columns:
    """The *header* of the table in *file*; InputError where it names a column twice or lacks one."""
    faults: list[Problem] = []
    names = [name.strip() for name in header]
    for place, name in enumerate(names):
        if name and name in names[:place]:
            first = names.index(name) + 1
            faults.append(_fault("duplicate-column", file, place + 1, found=name, first=first))
    known_flags = [gate.when for gate in program.gates if gate.is_flag]
    plain: dict[int, tuple[int, str]] = {}
    tables: dict[int, tuple[str, list[str], list[int]]] = {}
    flags: list[tuple[str, int]] = []
    used: set[int] = set()
    for place, name in enumerate(names):
        if name in known_flags:
            flags.append((name, place))
        elif (row := _row(program, name)) is not None:
            if row.index in plain:
                first = plain[row.index][0] + 1
                faults.append(_fault("duplicate-column", file, place + 1, found=row.name, first=first))
            plain.setdefault(row.index, (place, name))
        elif "." in name and (row := _row(program, name.rpartition(".")[0])) is not None:
            key, _, inner = name.rpartition(".")
            table = tables.setdefault(row.index, (key, [], []))
            table[1].append(inner)
            table[2].append(place)
        else:
            continue
        used.add(place)
    for row in program.rows:
        if row.index in plain and row.index in tables:
            first = plain[row.index][0] + 1
            faults.append(_fault("duplicate-column", file, tables[row.index][2][0] + 1, found=row.name, first=first))
        elif row.index not in plain and row.index not in tables:
            wanted = _wanted(row)
            advice = guess(wanted[0], [name for place, name in enumerate(names) if place not in used and name])
            faults.append(_fault("missing-column", file, 1, advice=advice, found=row.name, known=wanted))
        elif row.index in tables:
            key, inside, places = tables[row.index]
            lacking = tuple(f"{key}.{name}" for name in _amounts(row) if name not in inside)
            if lacking:
                faults.append(_fault("missing-column", file, places[0] + 1, found=row.name, known=lacking))
    if faults:
        raise InputError(faults)
    id_ = names.index(ID) if ID in names and names.index(ID) not in used else None
    ordered = [plain[row.index] for row in program.rows if row.index in plain]
    return Columns(
        file=file,
        header=tuple(names),
        plain=tuple(place for place, _ in ordered),
        plain_keys=tuple(name for _, name in ordered),
        tables=tuple((key, tuple(inside), tuple(places)) for _, (key, inside, places) in sorted(tables.items())),
        judged=frozenset(
            key for index, (key, _, _) in tables.items() if isinstance(program.rows[index].lowered, Judged)
        ),
        flags=tuple(flags),
        id=id_,
        unused=tuple(name for place, name in enumerate(names) if place not in used and place != id_ and name),
    )


def _row(program: Program, name: str) -> ProgramRow | None:
    found = program.names.get(name, ())
    return program.rows[found[0]] if len(found) == 1 else None


def _wanted(row: ProgramRow) -> tuple[str, ...]:
    """How the columns of a row may be called."""
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


def _fault(name: str, file: str, column: int, **args: Any) -> Problem:
    place = Place(file=shown(file), line=1, column=column)
    found = problem(name, Origin(file), advice=args.pop("advice", None), **args)
    return evolve(found, place=place)
