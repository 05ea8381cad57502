"""Numbers in the cells of a form: points, money, rates."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from attrs import frozen

from perfeval.methods.normal_form import squeezed
from perfeval.numbers.amounts import Cell
from perfeval.numbers.quantity import BARE, STANDARD, Blank, Quantity, Unit, Units, read
from perfeval.numbers.units import folded

_NOTHING: Final = frozenset({"无", "没有", "暂无", "无偏差", "不适用", "不涉及", "N/A", "n/a"})
#: What points may be printed in.
_POINTS: Final = frozenset({"", "分"})


@frozen(kw_only=True)
class Figure:
    """A number read from a cell: its value, and how many decimals it is printed with."""

    value: Fraction
    decimals: int
    cell: Cell
    unit: Unit = BARE

    @property
    def is_sized(self) -> bool:
        """True if it is an amount of money for certain: a bare number may stand in any unit."""
        return self.unit.dimension == "元" or self.unit.factor > 1


def blank(cell: Cell | None) -> bool:
    """Return True if *cell* is missing, empty, or holds only the dash or slash that fills it."""
    return cell is None or isinstance(read(cell.text), Blank)


def says_nothing(cell: Cell | None) -> bool:
    """Return True if *cell* is blank, or only says that there is nothing to say."""
    return blank(cell) or (cell is not None and squeezed(cell.text) in _NOTHING)


def _plain(cell: Cell | None, units: Units) -> Quantity | None:
    reading = None if cell is None else read(cell.text, units)
    if not isinstance(reading, Quantity) or reading.operator not in {None, "="} or reading.loose:
        return None
    return reading


def _decimals(quantity: Quantity) -> int:
    digits = folded(quantity.text).partition(".")[2]
    return len(digits) - len(digits.lstrip("0123456789"))


def points(cell: Cell | None, *, percent: bool = False) -> Figure | None:
    """The points of a score, a weight or a total; None where the cell is blank or says something else.

    With *percent* 10% are 10 points, as weights are written; of a score nobody knows what it is a part of.
    """
    reading = _plain(cell, STANDARD)
    known = _POINTS | {"%"} if percent else _POINTS
    if cell is None or reading is None or reading.unit.dimension not in known or reading.unit.factor > 1:
        return None
    return Figure(value=reading.number, decimals=_decimals(reading), cell=cell, unit=reading.unit)


def money(cell: Cell | None, heading: Unit | None, units: Units = STANDARD) -> Figure | None:
    """An amount of money in 元, where *heading* is the unit of its column; None where the cell says something else.

    Without a heading a bare number stays what it is: it can be compared with others of its column only.
    """
    reading = _plain(cell, units)
    if cell is None or reading is None or reading.unit.dimension not in {"", "元"}:
        return None
    unit, value = reading.unit, reading.value
    if unit == BARE and heading is not None:
        unit, value = heading, reading.number * heading.factor
    return Figure(value=value, decimals=_decimals(reading), cell=cell, unit=unit)


def heading_unit(name: str | None, units: Units = STANDARD) -> Unit | None:
    """The unit of money called *name*, or None."""
    unit = None if name is None else units.find(name)
    return unit if unit is not None and unit.dimension == "元" else None


@frozen(kw_only=True)
class Rate:
    """A rate as printed: its value read as a percentage, and as the plain number that may have been meant."""

    value: Fraction
    #: How many decimals of a percentage are printed; below 0 where not even its whole points are.
    decimals: int
    cell: Cell
    #: True if the % is missing: 1, 20 and 0.958 may each be two rates.
    odd: bool = False


def rate(cell: Cell | None, near: Fraction | None) -> Rate | None:
    """The rate in *cell*; one without % is the reading that is nearer to *near*. None where it is no number."""
    reading = _plain(cell, STANDARD)
    if cell is None or reading is None:
        return None
    places = _decimals(reading)
    if reading.unit.dimension == "%":
        return Rate(value=reading.value, decimals=places, cell=cell)
    if reading.unit != BARE:
        return None
    # 0.9 is 90% to ten of them; of 1 nobody can tell, and it is taken for 100%.
    as_ratio = Rate(value=reading.number, decimals=places - 2 if places else 0, cell=cell, odd=True)
    as_percent = Rate(value=reading.number / 100, decimals=places, cell=cell, odd=True)
    if near is None:
        return as_percent if reading.number > 2 else as_ratio
    return min((as_ratio, as_percent), key=lambda one: abs(one.value - near))


def digits_in(text: str) -> bool:
    """Return True if *text* holds a number somewhere."""
    return any(character.isdigit() for character in text)
