"""Finding the standard layout of a form in a grid of cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final, Literal

from attrs import define, evolve, field, frozen

from perfeval.forms.cells import points
from perfeval.forms.form import LAYOUT, Form
from perfeval.forms.wordings import (
    EXPECTED,
    INDICATORS,
    LABELS,
    MONEY,
    REACHED,
    adds_up,
    bare,
    bare_line,
    column,
    money_unit,
    says,
)
from perfeval.numbers.amounts import Cell
from perfeval.problems import InputError, KeyPath, Origin, problem
from perfeval.rulefile import schema
from perfeval.text.messages import said

#: What a heading of the money, and of the indicators, must at least have.
_MONEY: Final = frozenset({"annual_budget", "executed", "score"})
_ROWS: Final = frozenset({"name", "target", "actual", "weight", "score"})
#: A row that has none of these is no indicator.
_TELLING: Final = ("name", "weight", "score")
_LEVELS: Final = ("level1", "level2")
#: So many rows may stand above the first cells: the heading, the year, the unit.
_TOP: Final = 5
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}年?度?")


@frozen
class Square:
    """One cell of a grid: its text, what its place is called, and whether it only continues a merged one."""

    text: str
    label: str
    continued: bool = False

    @property
    def filled(self) -> bool:
        return bool(self.text.strip())


Grid = Sequence[Sequence[Square]]


@define
class _Found:
    """The keys of a form as found in a grid, and the label of each value's cell."""

    tree: dict[str, Any] = field(factory=dict)
    labels: dict[KeyPath, str] = field(factory=dict)

    def put(self, path: KeyPath, square: Square) -> None:
        at: Any = self.tree
        for step, after in pairwise(path):
            if isinstance(step, int):
                while len(at) <= step:
                    at.append({})
                at = at[step]
            else:
                at = at.setdefault(step, [] if isinstance(after, int) else {})
        if isinstance(path[-1], int):
            at.append(square.text)
        else:
            at[path[-1]] = square.text
        self.labels[path] = square.label


def read_grid(grid: Grid, file: str, *, above: Sequence[Square] = (), fill_down: bool = False) -> Form:
    """The form that *grid* shows; InputError where it has not the central layout, with what was found of it.

    *above* are the lines that stand above it. *fill_down* says that a blank level means the one above, as where merged
    cells were lost.
    """
    found = _Found()
    money = _headed(grid, MONEY, _MONEY)
    rows = _headed(grid, INDICATORS, _ROWS, start=money[0] + 1 if money else 0)
    if rows is None:
        raise InputError([_unknown(grid, file)])
    last = _funds(grid, found, money, rows[0]) if money else 0
    _goals(grid, found, last, rows[0])
    _indicators(grid, found, *rows, fill_down=fill_down)
    _labels(grid, found)
    alone = [*reversed(above), *(one[0] for row in grid[:_TOP] if len(one := _distinct(row)) == 1)]
    title = next((one for one in alone if "自评" in one.text), None)
    if title is not None:
        found.put(("title",), title)
    if "year" not in found.tree:
        # The year stands in the heading, or on a line of its own below it: （2021年度）.
        below = next((one for one in alone if _YEAR.fullmatch(bare_line(one.text))), None)
        if below is not None:
            found.put(("year",), below)
    unit = next((unit for row in grid[: rows[0]] for one in row if (unit := money_unit(one.text))), None)
    if unit is not None:
        found.tree["money"] = unit
    form = schema.structured({"form": LAYOUT, **found.tree}, Form, lambda path: Origin(file, path))
    return evolve(form, labels=found.labels)


def _headed(
    grid: Grid, names: Mapping[str, tuple[str, ...]], needed: frozenset[str], start: int = 0
) -> tuple[int, dict[int, str]] | None:
    """The first row from *start* on that heads the columns *needed*, and which column is which."""
    for index in range(start, len(grid)):
        columns = _columns(grid[index], names)
        if needed <= set(columns.values()):
            return index, columns
    return None


def _columns(row: Sequence[Square], names: Mapping[str, tuple[str, ...]]) -> dict[int, str]:
    found: dict[int, str] = {}
    for place, square in enumerate(row):
        name = None if square.continued else column(square.text, names)
        # What is headed twice is the first: a form that prints 得分 again means another.
        if name is not None and name not in found.values():
            found[place] = name
    return found


def _unknown(grid: Grid, file: str) -> Any:
    """Raise that the layout is not the standard one: what was found of it, and what is missing."""
    best: dict[int, str] = {}
    for row in grid:
        columns = _columns(row, INDICATORS)
        best = max(best, columns, key=len)
    words = {name: INDICATORS[name][0] for name in INDICATORS}
    missing = tuple(words[name] for name in INDICATORS if name in _ROWS - set(best.values()))
    seen = tuple(words[name] for name in best.values()) or (said("nothing"),)
    return problem("unknown-layout", Origin(file), found=seen, missing=missing)


def _distinct(row: Sequence[Square]) -> list[Square]:
    return [one for one in row if not one.continued and one.filled]


def _funds(grid: Grid, found: _Found, money: tuple[int, dict[int, str]], end: int) -> int:
    """The lines of the money below their heading; the row after the last of them."""
    heading, columns = money
    first, after = min(columns), max(columns)
    for count, index in enumerate(range(heading + 1, end)):
        row = grid[index]
        # The line is named in the cell before its first value.
        name = next((one for one in reversed(row[:first]) if one.filled and not _is_block(one)), None)
        if name is None or any(says(one.text, EXPECTED) for one in row):
            return index
        found.put(("funds", count, "name"), name)
        for place, key in columns.items():
            if place < len(row):
                found.put(("funds", count, key), row[place])
        more = [one for one in row[after + 1 :] if one.filled and not one.continued]
        for number, one in enumerate(more):
            found.put(("funds", count, "extra", number), one)
    return end


def _is_block(square: Square) -> bool:
    """Return True if a cell names the block of the money, beside all its lines."""
    return bare(square.text).startswith(("项目资金", "资金情况", "资金来源", "预算执行", "项目支出"))


def _goals(grid: Grid, found: _Found, start: int, end: int) -> None:
    """The overall goals: under 预期目标 and 实际完成情况."""
    for index in range(start, end):
        places = {
            key: place
            for place, one in enumerate(grid[index])
            for key, words in (("expected", EXPECTED), ("actual", REACHED))
            if not one.continued and says(one.text, words)
        }
        if len(places) == 2:
            for count, row in enumerate(grid[index + 1 : end]):
                for key, place in places.items():
                    if place < len(row):
                        found.put(("goals", count, key), row[place])
            return


def _indicators(grid: Grid, found: _Found, heading: int, columns: dict[int, str], *, fill_down: bool) -> None:
    """The rows below their heading, and the line that adds them up: the last such line, for groups have theirs too."""
    at = {name: place for place, name in columns.items()}
    levels: dict[str, Square] = {}
    count, total = 0, None
    for row in grid[heading + 1 :]:
        sums = _adds_up(row, at)
        if sums is not None:
            total = row if sums == "form" else total
            continue
        if not any(one.filled for one in row) or set(_columns(row, INDICATORS).values()) >= _ROWS:
            continue  # blank, or the heading once more on another page
        _climb(levels, row, at, fill_down=fill_down)
        if not _is_indicator(row, at, below_total=total is not None):
            continue
        total = None
        _put_indicator(row, found, count, columns, levels)
        count += 1
    if total is not None:
        _total(total, found, at)


def _is_indicator(row: Sequence[Square], at: Mapping[str, int], *, below_total: bool) -> bool:
    """Return True if *row* is an indicator: not a note, a group on a line of its own, or who filled in the form."""
    if at["name"] >= len(row) or not any(row[at[key]].filled for key in _TELLING if at[key] < len(row)):
        return False
    # Below the total only what is scored is a row.
    scored = all(at[key] < len(row) and points(Cell(row[at[key]].text)) is not None for key in ("weight", "score"))
    return scored or not below_total


def _put_indicator(
    row: Sequence[Square], found: _Found, count: int, columns: Mapping[int, str], levels: Mapping[str, Square]
) -> None:
    parts = [levels[name] for name in _LEVELS if name in levels and levels[name].filled]
    if parts:
        group = "/".join(one.text.strip().replace("/", "／") for one in parts)
        found.put(("indicators", count, "group"), evolve(parts[-1], text=group))
    for place, key in columns.items():
        if key not in _LEVELS and place < len(row):
            found.put(("indicators", count, key), row[place])


def _climb(levels: dict[str, Square], row: Sequence[Square], at: Mapping[str, int], *, fill_down: bool) -> None:
    """Bring *levels* to what *row* says of its groups."""
    for name in _LEVELS:
        if name in at and at[name] < len(row):
            square = row[at[name]]
            if square.filled or not fill_down:
                if name == "level1" and square.filled and square != levels.get(name):
                    levels.pop("level2", None)
                levels[name] = square


def _adds_up(row: Sequence[Square], at: Mapping[str, int]) -> Literal["form", "group"] | None:
    """Return True if a line is a total or a subtotal by its name; a subtotal has neither target nor actual."""
    edge = min(at["target"], at["actual"], at["weight"])
    aims = [row[at[key]] for key in ("target", "actual") if at[key] < len(row)]
    for square in row[:edge]:
        sums = adds_up(square.text) if square.filled else None
        if sums == "form" or (sums and not any(one.filled and one.label != square.label for one in aims)):
            return sums
    return None


def _total(row: Sequence[Square], found: _Found, at: Mapping[str, int]) -> None:
    """The total and the sum of the weights: under their columns, or where these are merged in their order."""
    reason = row[at["reason"]] if at.get("reason", len(row)) < len(row) else None
    values = [one for one in _distinct(row)[1:] if one != reason]
    under = {name: row[at[name]] for name in ("weight", "score") if at[name] < len(row)}
    own = {name: one for name, one in under.items() if one.filled and not one.continued}
    if len({one.label for one in under.values()}) == 1:
        own = {}  # one cell is merged over both columns
    # One value alone is the total: the sum of the weights may be left out.
    order = {"score": values[-1:], "weight": values[:1]} if len(values) < 2 else {"score": values[1:], "weight": values}
    for key, name in (("total", "score"), ("weight_total", "weight")):
        rest = [one for one in order[name] if one not in own.values()]
        square = own.get(name, rest[0] if rest else None)
        if square is not None:
            own[name] = square
            found.put(("reported", key), square)


def _labels(grid: Grid, found: _Found) -> None:
    """Read the values behind labels: project, department, agency, grade."""
    for row in grid:
        for place, square in enumerate(row):
            name = None if square.continued else next((key for key in LABELS if says(square.text, LABELS[key])), None)
            if name is None:
                continue
            value = next((one for one in row[place + 1 :] if not one.continued and one.filled), None)
            path: KeyPath = ("reported", "grade") if name == "grade" else (name,)
            if value is not None and path not in found.labels and not _is_label(value):
                found.put(path, value)


def _is_label(square: Square) -> bool:
    return any(says(square.text, words) for words in LABELS.values())


def numbered(rows: Iterator[Sequence[str]], label: Callable[[int, int], str]) -> Grid:
    """Rows of texts as a grid; *label* names the place of a row and a column, both from 1."""
    return [[Square(text, label(line, place)) for place, text in enumerate(row, 1)] for line, row in enumerate(rows, 1)]
