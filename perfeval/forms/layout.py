"""Reading one form from a grid of cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final, Literal

from attrs import define, evolve, field, frozen

from perfeval.forms.cells import points
from perfeval.forms.form import LAYOUT, Form
from perfeval.forms.grid import Grid, Square
from perfeval.forms.wordings import (
    BLOCKS,
    EXPECTED,
    FORM,
    INDICATORS,
    LABELS,
    MONEY,
    REACHED,
    REVIEW,
    adds_up,
    bare,
    bare_line,
    column,
    money_unit,
    says,
)
from perfeval.numbers.amounts import Cell
from perfeval.numbers.units import folded
from perfeval.problems import InputError, KeyPath, Origin, Problem, problem
from perfeval.rulefile import schema
from perfeval.text.messages import said

#: What a heading of the money, and of the indicators, must at least have; the indicators also one of ``_SAID``.
_MONEY: Final = frozenset({"executed", "score"})
_ROWS: Final = frozenset({"name", "score"})
_SAID: Final = frozenset({"target", "actual", "standard"})
#: A row that has none of these is no indicator.
_TELLING: Final = ("name", "weight", "score")
_LEVELS: Final = ("level1", "level2")
#: The columns of indicators that are keys of a form as they stand.
_KEYS: Final = ("name", "target", "actual", "weight", "score", "reason")
#: So many rows may stand above the first cells: the heading, the year, the unit.
_TOP: Final = 5
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}年?度?")
#: A level that goes on after a page break.
_CONTINUED: Final = re.compile(r"\(?续(?:表|上表)?\)?")
#: The longest word for a grade.
_WORD: Final = 6
_PLAIN: Final = re.compile(r"[+-]?[0-9][0-9,]*(?:\.[0-9]+)?")
#: What stands in the column of signs where the target is words.
_NO_SIGN: Final = frozenset({"定性", "文字", "文本", "无", "/", "-", "—"})
_GRADE: Final = re.compile(r"\(?(?:自评|评价|评定)?(?:等级|等次)\)?:?(.{1,8})")
_LABELLED: Final = re.compile(r"([^:：]{2,12})[:：]\s*(\S.*)")


@frozen(kw_only=True)
class Heading:
    """A heading in one line or two: its first row, its height, and the key of each column."""

    row: int
    height: int
    columns: Mapping[int, str]

    @property
    def end(self) -> int:
        return self.row + self.height


@define
class _Found:
    """The keys of a form as found in a grid, the label of each value's cell, and the labels of all cells in use."""

    tree: dict[str, Any] = field(factory=dict)
    labels: dict[KeyPath, str] = field(factory=dict)
    used: set[str] = field(factory=set)

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
        self.used.add(square.label)

    def use(self, squares: Iterable[Square]) -> None:
        """Count *squares* as understood, though no key of the form holds them."""
        self.used.update(one.label for one in squares)


def read_grid(
    grid: Grid,
    file: str,
    *,
    above: Sequence[Square] = (),
    around: Sequence[tuple[KeyPath, Square]] = (),
) -> tuple[Form, tuple[Square, ...]]:
    """Return the form that *grid* shows, and the filled cells that no part of it came from.

    *above* are the lines of text that stand above it, *around* what the report around it states. A blank level is the
    one above. Raises InputError where the grid has no heading of indicators, with what was found of one.
    """
    found = _Found()
    headings = [one for index in range(len(grid)) if (one := indicators_at(grid, index)) is not None]
    if not headings:
        raise InputError([unknown_layout(grid, file)])
    money = next((one for index in range(len(grid)) if (one := money_at(grid, index)) is not None), None)
    last = _funds(grid, found, money) if money is not None else 0
    _goals(grid, found, min(last, headings[0].row), headings[0].row)
    funds = range(0) if money is None else range(money.row, last)
    faults = _indicators(grid, found, headings, funds, file)
    if faults:
        raise InputError(faults)
    _labels(grid, found, above)
    _title(grid, found, above)
    for path, square in around:
        found.put(path, square)
        # A form that prints no grade has the one that its report concludes.
        if path == ("report", "grade") and ("reported", "grade") not in found.labels:
            found.put(("reported", "grade"), square)
    unit = next((unit for row in grid for one in row if (unit := money_unit(one.text))), None)
    if unit is not None:
        found.tree["money"] = unit
    form = schema.structured({"form": LAYOUT, **found.tree}, Form, lambda path: Origin(file, path))
    return evolve(form, labels=found.labels), tuple(_unused(grid, found))


def _unused(grid: Grid, found: _Found) -> Iterator[Square]:
    for row in grid:
        for one in row:
            if one.filled and not one.continued and one.label not in found.used and not _is_known(one):
                yield one


def _is_known(square: Square) -> bool:
    """Return True if a cell only names what stands beside or below it."""
    text = bare(square.text)
    known = any(text.startswith(word) for word in (*BLOCKS, *EXPECTED, *REACHED))
    return known or _is_label(square) or money_unit(square.text) is not None or _YEAR.fullmatch(text) is not None


def _title(grid: Grid, found: _Found, above: Sequence[Square]) -> None:
    """The title and the year: on lines of their own above the form."""
    alone = [*reversed(above), *(one[0] for row in grid[:_TOP] if len(one := _distinct(row)) == 1)]
    title = next((one for one in alone if any(word in squeezed_title(one.text) for word in FORM)), None)
    if title is not None:
        found.put(("title",), title)
    if "year" not in found.tree:
        # The year stands in the heading, or on a line of its own below it: （2021年度）.
        below = next((one for one in alone if _YEAR.fullmatch(bare_line(one.text))), None)
        if below is not None:
            found.put(("year",), below)


def squeezed_title(text: str) -> str:
    """A title without spaces."""
    return "".join(text.split())


def indicators_at(grid: Grid, index: int) -> Heading | None:
    """The heading of indicators that begins in the row *index*, or None."""
    found = _heading(grid, index, INDICATORS)
    keys = set(found.columns.values())
    return found if keys >= _ROWS and keys & _SAID else None


def money_at(grid: Grid, index: int) -> Heading | None:
    """The heading of the money that begins in the row *index*, or None."""
    found = _heading(grid, index, MONEY)
    keys = set(found.columns.values())
    return found if keys >= _MONEY and keys & {"annual_budget", "year_start_budget"} else None


def beside(grid: Grid, heading: Heading) -> Square | None:
    """The second heading of names in the rows of a *heading*: two forms stand side by side there."""
    cells = [one for row in grid[heading.row : heading.end] for one in row if one.filled and not one.continued]
    names = [one for one in cells if column(one.text, INDICATORS) == "name"]
    levels = [one for one in cells if column(one.text, INDICATORS) == "level1"]
    return levels[1] if len(levels) > 1 and len(names) > 1 else None


def other_at(grid: Grid, index: int) -> bool:
    """Return True if the row *index* heads another table of the budget cycle: targets without any score."""
    keys = set(_heading(grid, index, INDICATORS).columns.values())
    return "name" in keys and "target" in keys and "score" not in keys


def _heading(grid: Grid, index: int, names: Mapping[str, tuple[str, ...]]) -> Heading:
    upper, lower = grid[index], grid[index + 1] if index + 1 < len(grid) else ()
    # The second line of a heading holds headings only, and the first has some of its own.
    below = [column(one.text, names) for one in lower if one.filled and not one.continued]
    own = [one for one in upper if one.filled and not one.continued and column(one.text, names) is not None]
    second = bool(below) and None not in below and len(own) > 1
    if second:
        cells = [_in_two_lines(upper, lower, place, names) for place in range(max(len(upper), len(lower)))]
    else:
        cells = [None if one.continued else (column(one.text, names), one) for one in upper]
    return Heading(row=index, height=2 if second else 1, columns=_columns(cells))


def _columns(cells: Sequence[tuple[str | None, Square] | None]) -> dict[int, str]:
    """The key of each column; what is headed twice is the first, for a form that prints 得分 again means another."""
    found: dict[int, str] = {}
    squares: dict[int, Square] = {}
    for place, cell in enumerate(cells):
        if cell is None or cell[0] is None:
            continue
        name, square = cell[0], cell[1]
        before = next((at for at, key in found.items() if key == name), None)
        if before is not None and _is_block(squares[before]):
            del found[before]  # what names the whole block is no heading of a column
            before = None
        if before is None:
            found[place], squares[place] = name, square
    return found


def _in_two_lines(
    upper: Sequence[Square], lower: Sequence[Square], place: int, names: Mapping[str, tuple[str, ...]]
) -> tuple[str | None, Square] | None:
    """The key of a column that two lines head: the lower one says more."""
    top = upper[place] if place < len(upper) else None
    under = lower[place] if place < len(lower) else None
    if under is not None and under.filled and not under.continued:
        if top is not None and any(word in bare(top.text) for word in REVIEW):
            return "review", under
        return column(under.text, names), under
    if top is None or top.continued:
        return None
    return column(top.text, names), top


def unknown_layout(grid: Grid, file: str) -> Problem:
    """The problem that *grid* has no heading of indicators: what was found of one, and what is missing."""
    best: Mapping[int, str] = {}
    for index in range(len(grid)):
        best = max(best, _heading(grid, index, INDICATORS).columns, key=len)
    words = {name: INDICATORS[name][0] for name in ("name", "target", "actual", "weight", "score")}
    missing = tuple(word for name, word in words.items() if name not in best.values())
    seen = tuple(INDICATORS[name][0] for name in best.values()) or (said("nothing"),)
    return problem("unknown-layout", Origin(file), found=seen, missing=missing)


def _distinct(row: Sequence[Square]) -> list[Square]:
    return [one for one in row if not one.continued and one.filled]


def _funds(grid: Grid, found: _Found, heading: Heading) -> int:
    """The lines of the money below their heading; the row after the last of them."""
    columns = heading.columns
    _use_heading(grid, found, heading, MONEY)
    first, after = min(columns), max(columns)
    count = 0
    for index in range(heading.end, len(grid)):
        for row in _several(grid[index], first - 1):
            # The line is named in the cell before its first value.
            name = next((one for one in reversed(row[:first]) if one.filled and not _is_block(one)), None)
            if name is None or any(says(one.text, EXPECTED) for one in row) or indicators_at(grid, index) is not None:
                return index
            found.put(("funds", count, "name"), name)
            for place, key in columns.items():
                if place < len(row) and key != "reason":
                    found.put(("funds", count, key), row[place])
            found.use(row[place] for place, key in columns.items() if place < len(row) and key == "reason")
            more = [one for one in row[after + 1 :] if one.filled and not one.continued]
            for number, one in enumerate(more):
                found.put(("funds", count, "extra", number), one)
            count += 1
    return len(grid)


def _several(row: Sequence[Square], name: int) -> list[Sequence[Square]]:
    """Split a row whose cells hold several values, one a line, by the lines of the cell at *name*; others stay one."""
    names = [one for one in row[name].text.split("\n") if one.strip()] if 0 <= name < len(row) else []
    split = [one.text.rstrip("\n").split("\n") for one in row]
    counts = [len(parts) for place, parts in enumerate(split) if place != name and not row[place].continued]
    # Only where as many numbers stand in some cells: a long name may take several lines too.
    if len(names) < 2 or sum(count == len(names) for count in counts) < 2:
        return [row]
    split[name] = names
    return [
        [
            evolve(one, text=parts[line] if line < len(parts) else "") if len(parts) > 1 else one
            for one, parts in zip(row, split, strict=True)
        ]
        for line in range(len(names))
    ]


def _use_heading(grid: Grid, found: _Found, heading: Heading, names: Mapping[str, tuple[str, ...]]) -> None:
    """Count the cells of a heading as understood: those that head a column, or stand above some."""
    for row in grid[heading.row : heading.end]:
        known = (
            one for place, one in enumerate(row) if place in heading.columns or column(one.text, names) is not None
        )
        found.use(known)
    if heading.height > 1:
        found.use(
            one for one in grid[heading.row] if any(word in bare(one.text) for word in REVIEW) or _spans(grid, one)
        )


def _spans(grid: Grid, square: Square) -> bool:
    """Return True if *square* is merged over several columns: it heads those below it."""
    return any(one.continued and one.label == square.label for row in grid for one in row)


def _of_columns(row: Sequence[Square], at: Mapping[str, int]) -> Iterator[Square]:
    """The cells of *row* in the columns that are known, and what names the row before them."""
    first = min(at[key] for key in ("target", "actual", "standard", "weight", "score") if key in at)
    return (one for place, one in enumerate(row) if place < first or place in at.values())


def _is_block(square: Square) -> bool:
    """Return True if a cell names a block of the form, beside all its lines."""
    return bare(square.text).startswith(BLOCKS)


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


def _indicators(grid: Grid, found: _Found, headings: Sequence[Heading], funds: range, file: str) -> list[Problem]:
    """The rows below their headings but for those of the *funds*, and the last line that adds them up."""
    levels: dict[str, Square] = {}
    count, total, faults = 0, None, []
    starts = {one.row: one for one in headings}
    heading = headings[0]
    index = heading.row
    while index < len(grid):
        if index in starts:
            heading = starts[index]
            _use_heading(grid, found, heading, INDICATORS)
            index = heading.end
            continue
        at = {name: place for place, name in heading.columns.items()}
        row, index = grid[index], index + 1
        if index - 1 in funds:
            continue
        sums = _adds_up(row, at)
        if sums is not None:
            total = (row, at) if sums == "form" else total
            found.use(_of_columns(row, at))
            continue
        if not any(one.filled for one in row):
            continue
        _climb(levels, row, at)
        if not _is_indicator(row, at, below_total=total is not None):
            continue
        total = None
        for one in _several(row, at["name"]):
            own = {key: one[place] for place, key in heading.columns.items() if place < len(one)}
            faults += _put_indicator(own, found, count, levels, file)
            count += 1
    if total is not None:
        _total(*total, found)
    return faults


def _is_indicator(row: Sequence[Square], at: Mapping[str, int], *, below_total: bool) -> bool:
    """Return True if *row* is an indicator: not a note, a group on a line of its own, or who filled in the form."""
    if at["name"] >= len(row) or not any(row[at[key]].filled for key in _TELLING if at.get(key, len(row)) < len(row)):
        return False
    if not any(row[place].filled for key, place in at.items() if key not in {*_LEVELS, "number"} and place < len(row)):
        return False
    keys = [key for key in ("weight", "score") if key in at]
    own = [row[at[key]].label for key in keys if at[key] < len(row)]
    if len(set(own)) < len(own):
        return False  # one cell is merged over weight and score: a remark
    # Below the total only what is scored is a row.
    scored = all(at[key] < len(row) and points(Cell(row[at[key]].text)) is not None for key in keys)
    return scored or not below_total


def _put_indicator(
    own: Mapping[str, Square], found: _Found, count: int, levels: Mapping[str, Square], file: str
) -> list[Problem]:
    """Put the cells *own* of a row, by their keys; a cell that holds several values is a problem."""
    found.use(own.values())
    found.use(levels.values())
    parts = [levels[name] for name in _LEVELS if name in levels and levels[name].filled]
    if parts:
        group = "/".join("".join(one.text.split("\n")).strip().replace("/", "／") for one in parts)
        found.put(("indicators", count, "group"), evolve(parts[-1], text=group))
    several = [key for key in ("weight", "score") if key in own and len(own[key].text.split("\n")) > 1]
    for key in _KEYS:
        if key in own:
            found.put(("indicators", count, key), _composed(key, own))
    return [problem("several-values", Origin(file, ("indicators", count, key)), cell=own[key].label) for key in several]


def _composed(key: str, own: Mapping[str, Square]) -> Square:
    """A target with the sign and the unit that stand in columns of their own; an actual with the unit."""
    square, unit = own[key], own.get("unit")
    text = square.text.strip()
    if key not in {"target", "actual"} or _PLAIN.fullmatch(folded(text)) is None:
        return square
    sign = own["sign"].text.strip() if key == "target" and "sign" in own else ""
    said_unit = "" if unit is None else unit.text.strip()
    return evolve(square, text=f"{'' if sign in _NO_SIGN else sign}{text}{said_unit}")


def _climb(levels: dict[str, Square], row: Sequence[Square], at: Mapping[str, int]) -> None:
    """Bring *levels* to what *row* says of its groups; a blank level is the one above."""
    for name in _LEVELS:
        if name in at and at[name] < len(row):
            square = row[at[name]]
            if square.filled and _CONTINUED.fullmatch(bare_line(square.text) or "-") is None:
                if name == "level1" and square.text != getattr(levels.get(name), "text", None):
                    levels.pop("level2", None)
                levels[name] = square


def _adds_up(row: Sequence[Square], at: Mapping[str, int]) -> Literal["form", "group"] | None:
    """Tell a total from a subtotal by its name; a subtotal has neither target nor actual."""
    edge = min(at[key] for key in ("target", "actual", "standard", "weight", "score") if key in at)
    aims = [row[at[key]] for key in ("target", "actual") if at.get(key, len(row)) < len(row)]
    for square in row[:edge]:
        sums = adds_up(square.text) if square.filled else None
        if sums == "form" or (sums and not any(one.filled and one.label != square.label for one in aims)):
            return sums
    return None


def _total(row: Sequence[Square], at: Mapping[str, int], found: _Found) -> None:
    """The total and the sum of the weights: under their columns, or where these are merged in their order."""
    reason = row[at["reason"]] if at.get("reason", len(row)) < len(row) else None
    values: list[Square] = []
    for one in _distinct(row)[1:]:
        grade = _GRADE.fullmatch(bare_line_kept(one.text))
        if grade is not None:
            found.put(("reported", "grade"), evolve(one, text=grade[1]))
        elif one != reason:
            values.append(one)
    under = {name: row[at[name]] for name in ("weight", "score") if at.get(name, len(row)) < len(row)}
    own = {name: one for name, one in under.items() if one.filled and not one.continued}
    if len(under) == 2 and len({one.label for one in under.values()}) == 1:
        own = {}  # one cell is merged over both columns
    # One value alone is the total: the sum of the weights may be left out.
    order = {"score": values[-1:], "weight": values[:1]} if len(values) < 2 else {"score": values[1:], "weight": values}
    for key, name in (("total", "score"), ("weight_total", "weight")):
        rest = [one for one in order[name] if one not in own.values()]
        square = own.get(name, rest[0] if rest and name in at else None)
        if square is not None:
            own[name] = square
            found.put(("reported", key), square)


def bare_line_kept(text: str) -> str:
    """*text* without spaces, in plain characters; brackets stay."""
    return "".join(folded(text).split())


def _labels(grid: Grid, found: _Found, above: Sequence[Square]) -> None:
    """Read the values behind labels: project, department, agency, grade; in the next cell, or behind a colon."""
    for row in grid:
        for place, square in enumerate(row):
            if square.continued:
                continue
            name = next((key for key in LABELS if says(square.text, LABELS[key])), None)
            if name is not None:
                value = next((one for one in row[place + 1 :] if not one.continued and one.filled), None)
                if value is not None and not _is_label(value):
                    _put_label(found, name, value)
            else:
                _labelled(found, square)
    for line in above:
        _labelled(found, line)


def _labelled(found: _Found, square: Square) -> None:
    match = _LABELLED.fullmatch(square.text.strip())
    name = None if match is None else next((key for key in LABELS if says(match[1], LABELS[key])), None)
    if match is not None and name is not None:
        _put_label(found, name, evolve(square, text=match[2]))


def _put_label(found: _Found, name: str, value: Square) -> None:
    path: KeyPath = ("reported", "grade") if name == "grade" else (name,)
    if name == "grade" and len(bare(value.text)) > _WORD:
        return  # a conclusion in words
    if path not in found.labels:
        found.put(path, value)


def _is_label(square: Square) -> bool:
    return any(says(square.text, words) for words in LABELS.values())
