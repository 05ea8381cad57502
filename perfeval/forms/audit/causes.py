"""Likely causes of a wrong total."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from perfeval.forms.audit.context import Sheet, as_printed
from perfeval.forms.audit.rounding import ROUNDINGS, fitting, rounding_name
from perfeval.forms.cells import points
from perfeval.text.messages import Said, said

#: The classes of causes, the likeliest first, and how each is worded.
_SEVERAL: Final = {
    "cause-part": "cause-part-several",
    "cause-left-out": "cause-left-out-several",
    "cause-rounding": "cause-rounding-several",
    "cause-twice": "cause-twice-several",
}
_CLASSES: Final = tuple(_SEVERAL)


def likely_cause(sheet: Sheet, off: Fraction) -> Said | None:
    """Return what most likely made the printed total *off* the sum: the first class with exactly one candidate.

    Where a class has several they are listed and none is named; None where nothing explains it.
    """
    found = {word: list(_CANDIDATES[word](sheet, off)) for word in _CLASSES}
    total = "" if sheet.total is None else as_printed(sheet.total.value, sheet.total)
    single = next((word for word in _CLASSES if len(found[word]) == 1), None)
    if single is not None:
        others = sum(map(len, found.values())) - 1
        more = said("other-fits", count=others) if others else ""
        return said(single, what=found[single][0], total=total, more=more)
    several = next((word for word in _CLASSES if found[word]), None)
    if several is None:
        return None
    return said(_SEVERAL[several], what=tuple(found[several]), count=len(found[several]), total=total)


def _parts(sheet: Sheet, off: Fraction) -> Iterator[str | Said]:
    """A score that is printed beside a part of the money, and does not count."""
    for row in sheet.form.parts:
        score = points(row.score)
        if score is not None and score.value and score.value == off:
            yield said("named-score", name=" ".join(row.name.text.split()), score=as_printed(score.value, score))


def _left_out(sheet: Sheet, off: Fraction) -> Iterator[str | Said]:
    for line in sheet.scored:
        if line.reported is not None and line.reported.value and line.reported.value == -off:
            yield said("named-score", name=line.name, score=as_printed(line.reported.value, line.reported))


def _rounding(sheet: Sheet, off: Fraction) -> Iterator[str | Said]:
    """The sum rounded, or the rows added up before they were rounded."""
    total = sheet.added + off
    for quantum in ROUNDINGS:
        if quantum.takes(sheet.added, total):
            yield said("rounded-sum", rounding=rounding_name(quantum))
            return
    unrounded = sheet.added
    for line in sheet.scored:
        # A score that no rounding leads to was not rounded, but given.
        if line.reported and line.computed is not None and fitting(line.computed, line.reported.value) is not None:
            unrounded += line.computed - line.reported.value
    for quantum in ROUNDINGS:
        if unrounded != sheet.added and quantum.takes(unrounded, total):
            yield said("unrounded-rows", rounding=rounding_name(quantum))
            return


def _twice(sheet: Sheet, off: Fraction) -> Iterator[str | Said]:
    for line in sheet.scored:
        if line.reported is not None and line.reported.value and line.reported.value == off:
            yield said("named-score", name=line.name, score=as_printed(line.reported.value, line.reported))


_CANDIDATES: Final = {
    "cause-part": _parts,
    "cause-left-out": _left_out,
    "cause-rounding": _rounding,
    "cause-twice": _twice,
}
