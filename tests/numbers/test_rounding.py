"""perfeval.numbers.rounding: numbers that stay what they are, and the one place where one is rounded."""

from __future__ import annotations

import decimal
import math
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve
from forms import form_of
from hypothesis import given
from hypothesis import strategies as st

import perfeval
from perfeval.numbers.rounding import (
    DIGITS,
    MODES,
    Mode,
    RoundingMode,
    decimals_of,
    exact_text,
    near_percent,
    near_text,
    number_of,
    percent_meant,
    percent_text,
    plain,
    quantum,
    readable,
    summed,
)
from perfeval.numbers.rounding import decimal as as_decimal

# value, quantum, half-up, half-even, down, up
ROUNDINGS = [
    ("0.5", "1", "1", "0", "0", "1"),
    ("1.5", "1", "2", "2", "1", "2"),
    ("2.5", "1", "3", "2", "2", "3"),
    ("-0.5", "1", "-1", "0", "0", "-1"),
    ("-2.5", "1", "-3", "-2", "-2", "-3"),
    ("0.005", "0.01", "0.01", "0", "0", "0.01"),
    ("0.015", "0.01", "0.02", "0.02", "0.01", "0.02"),
    ("0.25", "0.5", "0.5", "0", "0", "0.5"),
    ("0.75", "0.5", "1", "1", "0.5", "1"),
    ("7.5", "5", "10", "10", "5", "10"),
    ("12.5", "5", "15", "10", "10", "15"),
    ("3", "0.01", "3", "3", "3", "3"),
    ("2/3", "0.01", "0.67", "0.67", "0.66", "0.67"),
    ("-2/3", "0.1", "-0.7", "-0.7", "-0.6", "-0.7"),
    ("0.4999999999999999999999999999999", "1", "0", "0", "0", "1"),
]


@pytest.mark.parametrize("line", ROUNDINGS, ids=lambda line: f"{line[0]} to {line[1]}")
def test_rounding(line: tuple[str, ...]) -> None:
    value, step, *results = line
    order: tuple[Mode, ...] = ("half-up", "half-even", "down", "up")
    for mode, expected in zip(order, results, strict=True):
        assert quantum(Decimal(step), mode).round(Fraction(value)) == Fraction(expected), mode


def test_a_number_without_its_sign_is_most_likely_a_part_or_a_percentage() -> None:
    said = [percent_meant(Fraction(text)) for text in ("90", "0.8", "1", "1.2", "2", "2.5", "0", "-0.2", "-20")]
    assert said == ["90%", "80%", "100%", "120%", "200%", "2.5%", "0%", "-20%", "-20%"]


def test_a_quantum_prints_the_decimals_it_is_written_with() -> None:
    assert [quantum(Decimal(text)).decimals for text in ("0.01", "0.10", "1", "5", "1E+1")] == [2, 2, 0, 0, 0]


def test_a_decimal_has_just_its_decimals_in_any_context() -> None:
    with decimal.localcontext(decimal.Context(prec=1, traps=[decimal.Inexact, decimal.Rounded])):
        assert str(as_decimal(Fraction("-1234.5"), 2)) == "-1234.50"
        assert str(as_decimal(Fraction(0), 2)) == "0.00"
        assert str(as_decimal(Fraction(7), 0)) == "7"
        with pytest.raises(ValueError, match="more than 1 decimals"):
            as_decimal(Fraction("0.25"), 1)


def test_exact_texts() -> None:
    assert [exact_text(Fraction(text)) for text in ("0.490", "2/3", "-1/8", "0", "1e20")] == [
        "0.49",
        "2/3",
        "-0.125",
        "0",
        "1" + "0" * 20,
    ]
    tiny = Fraction(1, 2**101)
    assert Fraction(exact_text(tiny)) == tiny
    assert [percent_text(Fraction(text)) for text in ("0.49", "2/3", "1.2")] == ["49%", "200/3%", "120%"]
    assert [decimals_of(Fraction(text)) for text in ("0.25", "3", "1/3", "1/50")] == [2, 0, None, 2]
    assert plain(Decimal("1E+3")) == "1000"
    assert plain(Decimal("1E-7")) == "0.0000001"
    with decimal.localcontext(capitals=0):
        assert plain(Decimal("1E+3")) == "1000"


#: Numbers that end after a few decimals, after many, and never.
FRACTIONS = st.builds(
    lambda above, twos, fives, odd: Fraction(above, 2**twos * 5**fives * odd),
    st.integers(-(10**40), 10**40) | st.integers(-2000, 2000),
    st.integers(0, 40),
    st.integers(0, 40),
    st.sampled_from((1, 1, 1, 3, 7, 30030)),
)


def long_division(value: Fraction, most: int) -> str | None:
    """*value* divided out digit by digit, as at school; None where that does not end after *most* decimals."""
    whole, rest = divmod(abs(value.numerator), value.denominator)
    digits = ""
    while rest and len(digits) < most:
        digit, rest = divmod(rest * 10, value.denominator)
        digits += str(digit)
    text = f"{whole}.{digits}" if digits else str(whole)
    return None if rest else "-" + text if value < 0 else text


@given(FRACTIONS)
def test_an_exact_text_is_what_long_division_gives(value: Fraction) -> None:
    assert exact_text(value) == (long_division(value, DIGITS) or f"{value.numerator}/{value.denominator}")
    assert percent_text(value) == exact_text(value * 100) + "%"
    text = long_division(value, 100)  # 40 twos and 40 fives end long before
    assert decimals_of(value) == (None if text is None else len(text.partition(".")[2]))


@given(FRACTIONS)
def test_a_near_text_is_exact_or_rounded_to_four_decimals(value: Fraction) -> None:
    rounded = int(abs(value) * 10**4 + Fraction(1, 2))
    sign = "-" if value < 0 and rounded else ""
    rough = f"≈ {sign}{rounded // 10**4}.{rounded % 10**4:04}"
    assert near_text(value) == (long_division(value, 6) or rough)
    assert near_percent(value) == near_text(value * 100) + "%"


@given(FRACTIONS, st.sampled_from(("0.01", "0.5", "1", "5", "0.025")), st.sampled_from(sorted(MODES)))
def test_rounding_goes_to_a_neighbour_and_is_printed_as_it_is(value: Fraction, step: str, mode: Mode) -> None:
    one = quantum(Decimal(step), mode)
    steps = abs(value) / one.step
    below = steps.numerator // steps.denominator
    left = steps - below
    over = {
        "half-up": left >= Fraction(1, 2),
        "half-even": left > Fraction(1, 2) or (left == Fraction(1, 2) and below % 2 == 1),
        "down": False,
        "up": left > 0,
    }[mode]
    expected = (below + over) * one.step * (-1 if value < 0 else 1)
    assert one.round(value) == expected
    assert one.takes(value, expected)
    assert one.takes(value, value) == (expected == value)
    with decimal.localcontext(decimal.Context(prec=1, traps=[decimal.Inexact, decimal.Rounded])):
        printed = one.rounded(value)
    assert (Fraction(printed), printed.as_tuple().exponent) == (expected, -one.decimals)


@given(st.lists(FRACTIONS | st.decimals(allow_nan=False, allow_infinity=False, places=3)))
def test_a_sum_is_exact(values: list[Decimal | Fraction]) -> None:
    assert summed(values) == sum((Fraction(value) for value in values), Fraction(0))


NUMBERS: list[tuple[Any, str | None]] = [
    (0.1, "0.1"),
    (1e-7, "0.0000001"),
    (-0.0, "0"),
    (7, "7"),
    (Decimal("1.50"), "1.5"),
    (Fraction(2, 3), "2/3"),
    (10**DIGITS - 1, str(10**DIGITS - 1)),
    (True, None),
    ("1", None),
    (None, None),
    (1j, None),
    (10**DIGITS, None),
    (-(10**DIGITS), None),
    (Decimal(f"1E{DIGITS}"), None),
    (Decimal(f"1E-{DIGITS + 1}"), None),
    (Decimal(f"1E-{DIGITS}"), f"1E-{DIGITS}"),
    (Decimal("1." + "0" * DIGITS + "1"), "1." + "0" * DIGITS + "1"),
    (Decimal("0E-999999999"), "0"),
    (Decimal("1E+999999999"), None),
    (Decimal("1E-999999999"), None),
    (Decimal("nan"), None),
    (Decimal("-Infinity"), None),
    (float("nan"), None),
    (float("inf"), None),
]


@pytest.mark.parametrize(("value", "expected"), NUMBERS)
def test_what_is_a_number(value: Any, expected: str | None) -> None:
    assert number_of(value) == (None if expected is None else Fraction(expected))


def test_what_is_too_large_is_not_readable() -> None:
    assert readable(Decimal("9" * DIGITS + "." + "9" * DIGITS))
    assert not readable(Decimal("9" * (DIGITS + 1)))
    assert not readable(Decimal("sNaN"))


# Modes of rounding.


@given(st.integers(0, 10**9), st.integers(1, 10**6))
def test_each_mode_rounds_as_its_name_says(n: int, d: int) -> None:
    value = Fraction(n, d)
    low = n // d
    rest = value - low
    half_up = low + (rest >= Fraction(1, 2))
    even = low + (rest > Fraction(1, 2) or (rest == Fraction(1, 2) and low % 2 == 1))
    expected = {"half-up": half_up, "half-even": even, "down": low, "up": low + (rest > 0)}
    assert {mode: rule.whole(n, d) for mode, rule in MODES.items()} == expected


def test_a_mode_is_declared_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mode that is added is followed by the interpreter, by generated code, by the audit and by the proofs."""
    added: Any = "half-down"
    monkeypatch.setitem(MODES, added, RoundingMode(times=2, plus=1, more=-1, parts=2))
    card = perfeval.loads(
        """
        format = 1
        id = "t"
        title = "例"
        rounding = { row = 1 }
        methods.m = { kind = "proportional" }
        indicators = [{ name = "甲", weight = 100, target = "1000", method = "m" }]
        """
    ).card
    plan = perfeval.load(evolve(card, rounding=evolve(card.rounding, mode=added)))
    for count in range(80):  # the first forms are interpreted, the others are not
        actual = 855 + count
        assert plan.score({"甲": Decimal(actual)}).total == math.ceil(Fraction(actual, 10) - Fraction(1, 2))
    half = {"name": "甲", "target": "1000", "actual": "845", "weight": "100", "score": "84"}
    audit = perfeval.audit(plan, form_of({"indicators": [half], "reported": {"total": "84"}}))
    assert [one.name for one in audit.findings if one.severity == "error"] == []
    assert audit.rounding.by_policy
    assert perfeval.prove(plan).problems == ()
