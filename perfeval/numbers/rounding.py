"""Rounding, and exact numbers as text."""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Final, Literal, TypeAlias

from attrs import frozen

Mode: TypeAlias = Literal["half-up", "half-even", "down", "up"]


@frozen(kw_only=True, eq=False)
class RoundingMode:
    """Takes ``n ÷ d`` to a whole number; both are whole, n is 0 or more, d above 0.

    The result is ``(times · n + plus · d + more) // (parts · d)``; of two that are as near, the even one if
    ``ties_to_even``. Generated code writes the same formula out.
    """

    times: int = 1
    plus: int = 0
    more: int = 0
    parts: int = 1
    ties_to_even: bool = False

    def whole(self, n: int, d: int) -> int:
        """The whole number that ``n ÷ d`` is rounded to."""
        found = (self.times * n + self.plus * d + self.more) // (self.parts * d)
        return found - 1 if self.ties_to_even and found % 2 and 2 * n % (2 * d) == d else found


#: What each mode does to a fraction that is not negative: half-up and up go away from zero, down towards it.
MODES: Final[dict[Mode, RoundingMode]] = {
    "half-up": RoundingMode(times=2, plus=1, parts=2),
    "down": RoundingMode(),
    "up": RoundingMode(plus=1, more=-1),
    "half-even": RoundingMode(times=2, plus=1, parts=2, ties_to_even=True),
}

#: The most digits a number of a file or of a fact may have before its point, and after it.
DIGITS: Final = 30
#: More decimals than these are not shown to people, only kept.
_SEEN: Final = 6
#: So many are shown of a number that has more.
_ROUGH: Final = 4
#: 1, 10, 100 and so on: looked up, since to raise them takes as long as the rest of a text.
_TENS: Final = tuple(10**decimals for decimals in range(DIGITS + 1))
_FIVES: Final = {5**count: count for count in range(DIGITS + 1)}


@frozen
class Quantum:
    """A step that values are rounded to in ``mode``, printed with ``decimals`` decimals."""

    step: Fraction
    decimals: int
    mode: Mode = "half-up"

    @cached_property
    def text(self) -> str:
        """The step, as it is printed."""
        return plain(decimal(self.step, self.decimals))

    @property
    def hides(self) -> bool:
        """True if what is next to nothing is rounded to nothing."""
        return MODES[self.mode].whole(1, 10**DIGITS) == 0

    def count(self, value: Fraction) -> int:
        """Return the rounded number of steps of *value*; the sign is set aside, so that -0.5 goes where 0.5 goes."""
        # In whole numbers: a Fraction would look for common divisors at every step.
        numerator, denominator = value.as_integer_ratio()
        above, below = self.step.as_integer_ratio()
        whole = MODES[self.mode].whole(abs(numerator) * below, denominator * above)
        return whole if numerator >= 0 else -whole

    def round(self, value: Fraction) -> Fraction:
        """*value* rounded once."""
        return self.step * self.count(value)

    def takes(self, value: Fraction, result: Fraction) -> bool:
        """Return True if *value* is rounded to *result*."""
        above, below = self.step.as_integer_ratio()
        numerator, denominator = result.as_integer_ratio()
        return self.count(value) * above * denominator == numerator * below

    def rounded(self, value: Fraction) -> Decimal:
        """*value* rounded once, with the decimals that are printed."""
        above, below = self.step.as_integer_ratio()
        return _with_decimals(self.count(value) * above, below, self.decimals)


def quantum(step: Decimal, mode: Mode = "half-up") -> Quantum:
    """The quantum written *step*: ``0.01`` prints two decimals, ``1`` and ``5`` none."""
    exponent = step.as_tuple().exponent
    assert isinstance(exponent, int), "a quantum is finite"
    return Quantum(Fraction(step), max(0, -exponent), mode)


def decimal(value: Fraction, decimals: int) -> Decimal:
    """*value* as a Decimal with exactly *decimals* decimals, whatever the caller's decimal context says.

    *value* must be a multiple of 10 ** -decimals (a rounded value is); ValueError if it is not.
    """
    return _with_decimals(*value.as_integer_ratio(), decimals)


def _with_decimals(numerator: int, denominator: int, decimals: int) -> Decimal:
    scaled, rest = divmod(numerator * 10**decimals, denominator)
    if rest:
        raise ValueError(f"{Fraction(numerator, denominator)} has more than {decimals} decimals")
    # A text becomes the number that it is: no context, no rounding.
    return Decimal(f"{scaled}E-{decimals}")


def decimals_of(value: Fraction) -> int | None:
    """Return the number of decimals of *value* written out; None if it never ends."""
    return _decimals(value.denominator)


def _decimals(denominator: int) -> int | None:
    """Return the number of decimals of a fraction with this denominator; None if they never end."""
    twos = (denominator & -denominator).bit_length() - 1
    rest = denominator >> twos
    fives = _FIVES.get(rest)
    if fives is not None:
        return max(twos, fives)
    fives = 0
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def exact_text(value: Fraction) -> str:
    """*value* written exactly: ``0.49`` where the decimals end, ``2/3`` where they do not."""
    numerator, denominator = value.as_integer_ratio()
    return _ending(numerator, denominator, DIGITS) or f"{numerator}/{denominator}"


def _ending(numerator: int, denominator: int, most: int) -> str | None:
    """A fraction in lowest terms written out; None where it does not end within *most* decimals."""
    if denominator == 1:
        return str(numerator)
    decimals = _decimals(denominator)
    if decimals is None or decimals > most:
        return None
    return _pointed(numerator * (_TENS[decimals] // denominator), decimals)


def _pointed(scaled: int, decimals: int) -> str:
    """*scaled* ÷ 10 ** decimals, with all of its decimals."""
    digits = str(abs(scaled)).rjust(decimals + 1, "0")
    return f"{'-' if scaled < 0 else ''}{digits[:-decimals]}.{digits[-decimals:]}"


def summed(values: Iterable[Decimal | Fraction]) -> Fraction:
    """The exact sum of *values*: over one denominator, so that a long list takes one fraction and not one for each."""
    ratios = [value.as_integer_ratio() for value in values]
    denominator = math.lcm(*(below for _, below in ratios))
    return Fraction(sum(above * (denominator // below) for above, below in ratios), denominator)


def plain(value: Decimal) -> str:
    """*value* without an exponent, with the decimals it has."""
    text = str(value)  # faster; the context of the caller says whether an exponent has a small letter
    return format(value, "f") if "E" in text or "e" in text else text


def percent_text(value: Fraction) -> str:
    """*value* as a percentage, exactly: ``49%``, or ``200/3%``."""
    return exact_text(value * 100) + "%"


def percent_meant(value: Fraction) -> str:
    """Return what a bare number most likely means as a percentage: 90 is 90%; 0.8 and 1.2 are 80% and 120%."""
    return percent_text(value if abs(value) <= 2 else value / 100)


def near_text(value: Fraction) -> str:
    """*value* as people read it: exact where it ends within six decimals, else ``≈`` and four of them."""
    return _near(*value.as_integer_ratio())


def near_percent(value: Fraction) -> str:
    """*value* as a percentage as people read it: ``49%``, ``≈ 105.5556%``."""
    numerator, denominator = value.as_integer_ratio()
    shared = math.gcd(100, denominator)
    return _near(numerator * (100 // shared), denominator // shared) + "%"


def _near(numerator: int, denominator: int) -> str:
    exact = _ending(numerator, denominator, _SEEN)
    if exact is not None:
        return exact
    rough = MODES["half-up"].whole(abs(numerator) * _TENS[_ROUGH], denominator)
    return f"≈ {_pointed(rough if numerator > 0 else -rough, _ROUGH)}"


def readable(value: Decimal | int) -> bool:
    """Return True if a number is finite and of a size that means something; larger ones are refused, not computed."""
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
    if isinstance(value, Decimal):
        # Decimals that a program computed may be long; what counts is that they are neither huge nor next to nothing.
        sized = value.is_finite() and (not value or -DIGITS <= value.adjusted() < DIGITS)
        return Fraction(value) if sized and value else Fraction(0) if sized else None
    if isinstance(value, Fraction):
        return value if abs(value) < 10**DIGITS and value.denominator < 10 ** (2 * DIGITS) else None
    if isinstance(value, bool) or not isinstance(value, int) or not readable(value):
        return None
    return Fraction(value)
