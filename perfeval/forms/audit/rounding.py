"""Inferring which rounding a form follows from its scores."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from attrs import frozen

from perfeval.forms.audit.line import Line
from perfeval.numbers.rounding import MODES, Quantum, decimal, plain
from perfeval.text.messages import Said, said, said_of

#: The roundings in use besides the policy's own: whole points first, since most forms print no decimals.
_STEPS: Final = (
    *((Fraction(1), 0), (Fraction(1, 2), 1), (Fraction(1, 10), 1)),
    *((Fraction(1, 10**places), places) for places in (2, 3, 4)),
)
ROUNDINGS: Final = tuple(Quantum(step, places, mode) for step, places in _STEPS for mode in MODES)


@frozen(kw_only=True)
class Followed:
    """The rounding of the rows that a form follows; None is none. ``by_policy`` says that it is the policy's own."""

    quantum: Quantum | None
    by_policy: bool

    def round(self, value: Fraction) -> Fraction:
        return value if self.quantum is None else self.quantum.round(value)

    def said(self) -> Said:
        return rounding_name(self.quantum)


def rounding_name(quantum: Quantum | None) -> Said:
    """A rounding in words."""
    if quantum is None:
        return said("followed-none")
    step = plain(decimal(quantum.step, quantum.decimals))
    return said("followed-to", step=step, mode=said_of("mode", quantum.mode))


def fitting(points: Fraction, printed: Fraction) -> Quantum | None:
    """The first rounding in use that takes *points* to what is *printed*, or None."""
    return next((one for one in ROUNDINGS if one.takes(points, printed)), None)


def followed(lines: Sequence[Line], policy: Quantum | None) -> Followed:
    """The rounding that the scores of *lines* follow: the policy's, unless another explains more of them.

    Another must leave no score with more decimals than it prints; one that is not the usual half-up takes two rows to
    witness it, since a single one may as well be a mistake.
    """
    # A row that claims full marks witnesses nothing: rounding up explains it whatever it earned.
    known = [
        (one.computed, one.reported.value)
        for one in lines
        if one.computed is not None and one.reported and not one.has_full_marks
    ]
    printed = {one.reported.value for one in lines if one.reported}
    usual = Followed(quantum=policy, by_policy=True)
    by_policy = sum(usual.round(points) == score for points, score in known)
    best, most = usual, by_policy
    # What the policy explains all of needs no other explanation.
    steps = {step for step, _ in _STEPS if not any(score % step for score in printed)} if by_policy < len(known) else ()
    for one in ROUNDINGS:
        if one.step not in steps:
            continue
        fits = sum(one.takes(points, score) for points, score in known)
        if fits > most and fits >= by_policy + (1 if one.mode == "half-up" else 2):
            best, most = Followed(quantum=one, by_policy=False), fits
    return best
