"""Exact numbers, and the only place where one is rounded."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Final, Literal, TypeAlias

from attrs import frozen

Mode: TypeAlias = Literal["half-up", "half-even", "down", "up"]

#: The most digits a number of a file or of a fact may have before its point, and after it.
DIGITS: Final = 30
#: More decimals than these are not shown to people, only kept.
_SEEN: Final = 6


def _half_up(numerator: int, denominator: int) -> int:
    return (2 * numerator + denominator) // (2 * denominator)


def _half_even(numerator: int, denominator: int) -> int:
    whole, rest = divmod(numerator, denominator)
    return whole + (2 * rest > denominator or (2 * rest == denominator and whole % 2 == 1))


def _down(numerator: int, denominator: int) -> int:
    return numerator // denominator


def _up(numerator: int, denominator: int) -> int:
    return -(-numerator // denominator)


#: Each takes a fraction that is not negative to a whole number: half-up and up go away from zero, down towards it.
_MODES: Final[dict[Mode, Callable[[int, int], int]]] = {
    "half-up": _half_up,
    "half-even": _half_even,
    "down": _down,
    "up": _up,
}


@frozen
class Quantum:
    """What a value is rounded to: the nearest multiple of ``step`` in ``mode``, printed with ``decimals`` decimals."""

    step: Fraction
    decimals: int
    mode: Mode = "half-up"

    def round(self, value: Fraction) -> Fraction:
        """*value* rounded once; minus signs are set aside, so that -0.5 goes where 0.5 goes."""
        # In whole numbers: a Fraction would look for common divisors at every step.
        step = self.step
        whole = _MODES[self.mode](abs(value.numerator) * step.denominator, value.denominator * step.numerator)
        return step * (whole if value.numerator >= 0 else -whole)


def quantum(step: Decimal, mode: Mode = "half-up") -> Quantum:
    """The quantum written *step*: ``0.01`` prints two decimals, ``1`` and ``5`` none."""
    exponent = step.as_tuple().exponent
    assert isinstance(exponent, int), "a quantum is finite"
    return Quantum(Fraction(step), max(0, -exponent), mode)


def decimal(value: Fraction, decimals: int) -> Decimal:
    """*value* as a Decimal with exactly *decimals* decimals, whatever the caller's decimal context says.

    *value* must be a multiple of 10 ** -decimals (a rounded value is); ValueError if it is not.
    """
    scaled, rest = divmod(value.numerator * 10**decimals, value.denominator)
    if rest:
        raise ValueError(f"{value} has more than {decimals} decimals")
    # A text becomes the number that it is: no context, no rounding.
    return Decimal(f"{scaled}E-{decimals}")


def decimals_of(value: Fraction) -> int | None:
    """How many decimals *value* has when written out; None if it never ends."""
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def exact_text(value: Fraction) -> str:
    """*value* written exactly: ``0.49`` where the decimals end, ``2/3`` where they do not."""
    if value.denominator == 1:
        return str(value.numerator)
    decimals = decimals_of(value)
    if decimals is None or decimals > DIGITS:
        return str(value)
    digits = str(abs(value.numerator) * 10**decimals // value.denominator).rjust(decimals + 1, "0")
    return f"{'-' if value < 0 else ''}{digits[:-decimals]}.{digits[-decimals:]}"


def plain(value: Decimal) -> str:
    """*value* without an exponent, with the decimals it has."""
    text = str(value)  # faster; the context of the caller says whether an exponent has a small letter
    return format(value, "f") if "E" in text or "e" in text else text


def percent_text(value: Fraction) -> str:
    """*value* as a percentage, exactly: ``49%``, or ``200/3%``."""
    return exact_text(value * 100) + "%"


def percent_meant(value: Fraction) -> str:
    """What a bare number most likely means as a percentage: 90 is 90%; 0.8 and 1.2 are 80% and 120%."""
    return percent_text(value if abs(value) <= 2 else value / 100)


def near_text(value: Fraction) -> str:
    """*value* as people read it: exact where it ends within six decimals, else ``≈`` and four of them."""
    decimals = decimals_of(value)
    if decimals is not None and decimals <= _SEEN:
        return exact_text(value)
    return "≈ " + plain(decimal(Quantum(Fraction(1, 10**4), 4).round(value), 4))


def near_percent(value: Fraction) -> str:
    """*value* as a percentage as people read it: ``49%``, ``≈ 105.5556%``."""
    return near_text(value * 100) + "%"


def readable(value: Decimal | int) -> bool:
    """Whether a number is finite and of a size that means something; larger ones are refused, not computed."""
    if isinstance(value, int):
        return bool(abs(value) < 10**DIGITS)
    if not value.is_finite():
        return False
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and value.adjusted() < DIGITS and exponent >= -DIGITS


def number_of(value: object) -> Fraction | None:
    """The exact number that *value* is; None where it is none, is not finite, or is too large to mean anything.

    A float is the decimal that Python prints for it: the text is what was meant.
    """
    if isinstance(value, float):
        value = Decimal(float.__repr__(value))
    if isinstance(value, Fraction):
        return value if abs(value) < 10**DIGITS and value.denominator < 10 ** (2 * DIGITS) else None
    if isinstance(value, Decimal):
        # Decimals that a program computed may be long; what counts is that they are neither huge nor next to nothing.
        sized = value.is_finite() and (not value or -DIGITS <= value.adjusted() < DIGITS)
        return Fraction(value) if sized and value else Fraction(0) if sized else None
    if isinstance(value, bool) or not isinstance(value, int) or not readable(value):
        return None
    return Fraction(value)
