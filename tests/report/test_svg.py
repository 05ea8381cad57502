"""perfeval.report.formats.svg and .outline: a picture shows what scoring says, and says the same every time.

``python tests/report/test_svg.py --write`` draws the pictures of the docs anew.
"""

from __future__ import annotations

import ast
import datetime
import decimal
import itertools
import re
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree

import pytest
from attrs import evolve, frozen
from hypothesis import given
from hypothesis import strategies as st

import perfeval
from perfeval import api
from perfeval.engine.program.program import ProgramRow
from perfeval.methods.normal_form import DIFFERENCE, Better, Count, Edge, Measured, Step
from perfeval.numbers.comparison import COMPARISONS
from perfeval.numbers.piecewise import Curve, Piece
from perfeval.report.formats import outline, svg
from perfeval.report.formats.outline import STEPS, road, window
from perfeval.report.formats.svg import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, curve_svg
from perfeval.text.messages import LANGUAGES, harmless

ROOT: Final = Path(__file__).parents[2]
FOLDER: Final = ROOT / "docs" / "pictures"
RULES: Final = sorted(
    path for folder in ("tests/catalogue", "rules", "examples") for path in (ROOT / folder).rglob("*.toml")
)

HEAD: Final = """
format = 1
id     = "demo/picture"
title  = "picture"
lang   = "en"
total  = 10
[[indicators]]
"""

#: For each picture of the docs, an indicator and its method.
KINDS: Final = {
    "proportional": """
name = "People trained"
target = "≥200人次"
[indicators.method]
kind = "proportional"
zero = { below = "60%" }
""",
    "proportional-lower": """
name = "Days to pay"
target = "≤30天"
[indicators.method]
kind = "proportional"
""",
    "proportional-linear": """
name = "Days to pay"
target = "≤30天"
[indicators.method]
kind = "proportional"
reverse = "linear"
""",
    "threshold": """
name = "Users satisfied"
target = "≥90%"
[indicators.method]
kind = "threshold"
otherwise = "40%"
""",
    "threshold-proportional": """
name = "Cost"
target = "≤24.5万元"
[indicators.method]
kind = "threshold"
otherwise = "proportional"
""",
    "banded": """
name = "Budget spent"
target = "50万元"
[indicators.method]
kind = "banded"
measure = "completion"
bands = [
  { from = "95%", score = "100%" },
  { from = "85%", minus = 2 },
  { above = "70%", score = "50%" },
  { score = 0 },
]
""",
    "banded-interpolate": """
name = "Budget spent"
target = "50万元"
[indicators.method]
kind = "banded"
measure = "completion"
interpolate = true
bands = [
  { from = "95%", score = "100%" },
  { from = "80%", score = "80%" },
  { from = "60%", score = "30%" },
  { score = 0 },
]
""",
    "banded-unless": """
name = "People trained"
target = "≥200人次"
[indicators.method]
kind = "banded"
measure = "completion"
allow = ["not-monotone"]
bands = [
  { from = "200%", minus = 3, unless = "reason" },
  { from = "130%", minus = 1, unless = "reason" },
  { from = "100%", score = "100%" },
  { from = "80%", score = "70%" },
  { score = 0 },
]
""",
    "banded-levels": """
name = "People helped"
target = "≥80人"
levels = { A = "100人", B = "80人", C = "70人", D = "60人" }
[indicators.method]
kind = "banded"
interpolate = true
bands = [
  { level = "A", score = "100%" },
  { level = "B", score = "75%" },
  { level = "C", score = "50%" },
  { level = "D", score = "25%" },
  { score = 0 },
]
""",
    "stepped-whole": """
name = "Attendance"
target = "≥98%"
[indicators.method]
kind = "stepped"
per = "1%"
minus = 1.5
steps = "whole"
""",
    "stepped-started": """
name = "Finished by"
target = "2024-06-30"
[indicators.method]
kind = "stepped"
per = "10天"
minus = 2
steps = "started"
""",
    "stepped-growth": """
name = "Visitors"
target = "≥1200人次"
[indicators.method]
kind = "stepped"
measure = "deviation"
start = 6
plus = 1
minus = 2
per = "5%"
steps = "exact"
""",
    "graded": """
name = "Quality of teaching"
target = "better"
[indicators.method]
kind = "graded"
tiers = [
  { name = "reached", from = "80%" },
  { name = "mostly reached", from = "60%" },
  { name = "partly reached", from = "30%" },
  { name = "not reached", score = 0 },
]
""",
    "graded-words": """
name = "State of the roads"
target = "优"
[indicators.method]
kind = "graded"
tiers = [
  { name = "优", score = "100%" },
  { name = "良", score = "80%", aliases = ["良好"] },
  { name = "中", score = "60%" },
  { name = "差", score = 0 },
]
""",
}


#: More methods, which the docs show no picture of.
MORE: Final = {
    "met-by-none": """
name = "Accidents"
target = "0起"
[indicators.method]
kind = "proportional"
""",
    "limits": """
name = "People trained"
target = "≥200人次"
[indicators.method]
kind = "proportional"
floor = "20%"
cap = "120%"
""",
    "date": """
name = "Finished by"
target = "2024-06-30"
[indicators.method]
kind = "banded"
bands = [{ to = "2024-06-30", score = 10 }, { below = "2024-07-11", score = 8 }, { score = -1 }]
floor = -2
""",
    "stepped-completion": """
name = "Cost"
target = "≤100元"
[indicators.method]
kind = "stepped"
measure = "completion"
per = "5%"
plus = 1
minus = 2
steps = "whole"
cap = "150%"
zero = { below = "83%" }
""",
    "stepped-endless": """
name = "Visitors"
target = "≥100人次"
[indicators.method]
kind = "stepped"
per = "7人次"
plus = 1
minus = 1
steps = "started"
floor = "-50%"
cap = "none"
""",
    "point": """
name = "Kept"
target = "=50人次"
[indicators.method]
kind = "banded"
bands = [{ above = "50人次", score = 3 }, { from = "50人次", score = 10 }, { score = 5 }]
""",
}

#: Actuals at the ends of the pieces, beside them and far from them.
ACTUALS: Final = {
    "proportional": ("0人次", "119人次", "120人次", "121人次", "200人次", "210人次", "500人次"),
    "proportional-lower": ("0天", "1天", "20天", "29天", "30天", "31天", "300天"),
    "proportional-linear": ("0天", "30天", "31天", "45天", "60天", "61天"),
    "threshold": ("70%", "89.99%", "90%", "95%"),
    "threshold-proportional": ("0万元", "20万元", "24.5万元", "26万元", "49万元"),
    "banded": ("30万元", "35万元", "35.01万元", "42.4万元", "42.5万元", "47万元", "47.5万元", "50万元", "52万元"),
    "banded-interpolate": ("29万元", "30万元", "33.3万元", "40万元", "43万元", "47.5万元", "50万元"),
    "banded-unless": ("150人次", "160人次", "199人次", "200人次", "259人次", "260人次", "399人次", "400人次"),
    "banded-levels": ("59人", "60人", "65人", "70人", "80人", "90人", "100人", "101人"),
    "stepped-whole": ("90%", "91%", "91.01%", "95.5%", "96%", "97%", "97.01%", "98%", "99%"),
    "stepped-started": ("2024-06-10", "2024-06-30", "2024-07-01", "2024-07-10", "2024-07-11", "2024-08-15"),
    "stepped-growth": ("1000人次", "1020人次", "1100人次", "1200人次", "1300人次", "1440人次", "1500人次"),
    "met-by-none": ("0起", "1起"),
    "limits": ("0人次", "30人次", "40人次", "100人次", "200人次", "240人次", "260人次"),
    "date": ("2024-06-20", "2024-06-30", "2024-07-01", "2024-07-10", "2024-07-11"),
    "stepped-completion": ("0元", "70元", "80元", "100元", "104元", "105元", "106元", "120元", "121元"),
    "stepped-endless": ("1人次", "30人次", "93人次", "99人次", "100人次", "101人次", "107人次", "110人次"),
    "point": ("40人次", "49人次", "50人次", "51人次", "60人次"),
}

BLOCKS: Final = {**KINDS, **MORE}
MEASURED: Final = sorted(ACTUALS)
each_measured = pytest.mark.parametrize("kind", MEASURED)

SVG: Final = "{http://www.w3.org/2000/svg}"
#: What two decimals of a pixel may be off, here and at the two labels that a place is worked out from.
NEAR: Final = Fraction(3, 100)


def rules_of(block: str) -> perfeval.Plan:
    """A rule file of one indicator."""
    return api.loads(HEAD + "weight = 10\n" + block)


def row_of(block: str) -> ProgramRow:
    """The one indicator of a rule file, lowered."""
    return rules_of(block).program.rows[0]


def road_of(kind: str) -> Measured:
    row = row_of(BLOCKS[kind])
    assert isinstance(row.lowered, Measured)
    return road(row, row.lowered)


def write() -> None:
    """Draw the pictures of the docs."""
    FOLDER.mkdir(exist_ok=True)
    for kind, block in KINDS.items():
        (FOLDER / f"{kind}.svg").write_text(curve_svg(row_of(block), "en"), encoding="utf-8", newline="\n")


# --- a picture, read back ------------------------------------------------------------------------------------------


def _number(label: str) -> Fraction | None:
    """What a label says; None for one that is not exact."""
    if re.fullmatch(r"-?[0-9.]+%", label):
        return Fraction(label[:-1]) / 100
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", label):
        return Fraction(datetime.date.fromisoformat(label).toordinal())
    return Fraction(label) if re.fullmatch(r"-?[0-9.]+", label) else None


@frozen
class Picture:
    """What stands in a picture, in the numbers of its own labels."""

    root: ElementTree.Element

    def all(self, tag: str, css: str | None = None) -> list[ElementTree.Element]:
        return [one for one in self.root.iter(SVG + tag) if css is None or one.get("class") == css]

    def texts(self) -> list[str]:
        return [one.text or "" for one in self.all("text")]

    def _labels(self, key: str, **at: int) -> list[tuple[Fraction, Fraction]]:
        """Place and number of each label on a line of them."""
        found = []
        for one in self.all("text"):
            number = _number(one.text or "")
            if number is not None and all(Fraction(one.get(name, "0")) == place for name, place in at.items()):
                found.append((Fraction(one.get(key, "0")), number))
        return sorted(found)

    def x(self, measure: Fraction, size: Fraction) -> Fraction:
        """Where *measure* stands, worked out from the first and the last label below the picture."""
        (x1, first), *_, (x2, last) = self._labels("x", y=BOTTOM + 18)
        return x1 + (x2 - x1) * (measure / size - first) / (last - first)

    def y(self, share: Fraction) -> Fraction:
        """Where *share* stands, worked out from the labels on the left, which stand 4 pixels below their lines."""
        (y1, first), *_, (y2, last) = self._labels("y", x=LEFT - 6)
        return y1 - 4 + (y2 - y1) * (share - first) / (last - first)

    def lines(self) -> list[tuple[Fraction, Fraction, Fraction, Fraction]]:
        """Both ends of each piece."""
        found = []
        for one in self.all("path", "piece"):
            x1, y1, x2, y2 = map(Fraction, re.findall(r"-?[0-9]+\.[0-9]{2}", one.get("d", "")))
            found.append((x1, y1, x2, y2))
        return found

    def dots(self, css: str) -> list[tuple[Fraction, Fraction]]:
        return [(Fraction(one.get("cx", "")), Fraction(one.get("cy", ""))) for one in self.all("circle", css)]

    def height(self, x: Fraction) -> Fraction:
        """Where the curve stands at *x*: the filled dot where it jumps there."""
        filled = {y for at, y in self.dots("closed") if abs(at - x) <= NEAR}
        if filled:
            assert len(filled) == 1, filled
            return filled.pop()
        found = [
            y1 if x1 == x2 else y1 + (y2 - y1) * (x - x1) / (x2 - x1)
            for x1, y1, x2, y2 in self.lines()
            if x1 - NEAR <= x <= x2 + NEAR
        ]
        assert found, x
        assert max(found) - min(found) <= 3 * NEAR, (x, found)
        return found[0]


def read(text: str) -> Picture:
    return Picture(ElementTree.fromstring(text))


# --- it shows what scoring says ------------------------------------------------------------------------------------


def _size(lowered: Measured) -> Fraction:
    """What the numbers below the picture are multiples of."""
    percent = lowered.measure.is_ratio or lowered.unit is None or lowered.unit.dimension == "%"
    return Fraction(1) if percent else lowered.unit.factor if lowered.unit else Fraction(1)


@each_measured
def test_a_picture_shows_what_scoring_says(kind: str) -> None:
    plan = rules_of(BLOCKS[kind])
    row = plan.program.rows[0]
    lowered = road_of(kind)
    picture = read(curve_svg(row, "en"))
    low, high = window(row, lowered)
    seen = 0
    for actual in ACTUALS[kind]:
        one = perfeval.score(plan, {row.name: actual})[row.name]
        assert one.share is not None
        if one.unbounded:
            place = Fraction(RIGHT)
        else:
            measure = one.measure if kind != "met-by-none" else Fraction(actual[:-1])
            assert measure is not None
            if not low <= measure <= high:
                continue
            place = picture.x(measure, _size(lowered))
        seen += 1
        assert abs(picture.height(place) - picture.y(one.share)) <= 2 * NEAR, actual
    assert seen >= 2


@each_measured
def test_a_piece_is_one_path_between_its_ends(kind: str) -> None:
    row = row_of(BLOCKS[kind])
    lowered = road_of(kind)
    low, high = window(row, lowered)
    picture = read(curve_svg(row, "en"))
    expected = []
    for piece in lowered.drawn(low, high):
        left = low if piece.low is None else max(low, piece.low)
        right = high if piece.high is None else min(high, piece.high)
        if left < right or (left == right == piece.low == piece.high):
            places = [(picture.x(end, _size(lowered)), picture.y(piece.at(end))) for end in (left, right)]
            expected.append([*places[0], *places[1]])
    lines = picture.lines()
    assert len(lines) == len(expected)
    for line, wanted in zip(lines, expected, strict=True):
        assert all(abs(one - other) <= NEAR for one, other in zip(line, wanted, strict=True))
    assert lines[0][0] == LEFT
    assert lines[-1][2] == RIGHT
    assert all(TOP <= y <= BOTTOM for _, y1, _, y2 in lines for y in (y1, y2))


@each_measured
def test_the_window_holds_the_target_and_every_end(kind: str) -> None:
    row = row_of(BLOCKS[kind])
    lowered = road_of(kind)
    low, high = window(row, lowered)
    ends = [end for piece in lowered.earned for end in (piece.low, piece.high) if end is not None]
    assert all(low <= end <= high for end in ends)
    target = outline.aim(row, lowered)
    assert target is not None
    assert low <= target < high
    (line,) = read(curve_svg(row, "en")).all("path", "target")
    x = LEFT + (RIGHT - LEFT) * (target - low) / (high - low)
    assert line.get("d", "").startswith(f"M{svg._px(x)} ")


MARKS: Final = {
    "proportional": {("60%", "60%", True), ("60%", "0%", False)},
    "proportional-lower": set(),
    "threshold": {("90%", "100%", True), ("90%", "40%", False)},
    "banded": {
        ("70%", "0%", True),
        ("70%", "50%", False),
        *(("85%", "50%", False), ("85%", "80%", True), ("95%", "80%", False), ("95%", "100%", True)),
    },
    "banded-interpolate": {("60%", "0%", False), ("60%", "30%", True)},
    "banded-unless": {
        *(("80%", "0%", False), ("80%", "70%", True), ("100%", "70%", False), ("100%", "100%", True)),
        *(("130%", "100%", False), ("130%", "90%", True), ("200%", "90%", False), ("200%", "70%", True)),
    },
    "banded-levels": {("60", "0%", False), ("60", "25%", True)},
    "stepped-whole": {
        mark
        for step in range(1, 8)
        for mark in (
            (f"{-step}%", f"{max(0, 100 - 15 * step)}%", True),
            (f"{-step}%", f"{100 - 15 * (step - 1)}%", False),
        )
    },
    "stepped-started": {
        mark
        for step in range(5)
        for mark in ((f"{10 * step}", f"{100 - 20 * step}%", True), (f"{10 * step}", f"{80 - 20 * step}%", False))
    },
    "stepped-growth": set(),
    "point": {("50", "50%", False), ("50", "100%", True), ("50", "30%", False)},
    "met-by-none": {("0", "100%", True), ("0", "0%", False)},
}


@pytest.mark.parametrize("kind", MARKS)
def test_where_the_curve_jumps_open_ends_are_hollow_and_closed_ones_filled(kind: str) -> None:
    picture = read(curve_svg(row_of(BLOCKS[kind]), "en"))
    wanted = []
    for measure, share, closed in MARKS[kind]:
        x, y = _number(measure), _number(share)
        assert x is not None
        assert y is not None
        wanted.append((closed, picture.x(x, Fraction(1)), picture.y(y)))
    found = [(css == "closed", x, y) for css in ("closed", "open") for x, y in picture.dots(css)]
    assert len(found) == len(wanted)
    for closed, x, y in wanted:
        assert any(closed == dot[0] and abs(x - dot[1]) <= NEAR and abs(y - dot[2]) <= NEAR for dot in found), (
            closed,
            x,
            y,
        )


def test_less_is_better_without_end() -> None:
    picture = read(curve_svg(row_of(KINDS["proportional-lower"]), "en"))
    assert "→ ∞" in picture.texts()
    assert picture.lines()[-1] == (picture.x(Fraction(1), Fraction(1)), *map(Fraction, (TOP + 8, RIGHT, TOP + 8)))
    assert "→ ∞" not in read(curve_svg(row_of(KINDS["proportional-linear"]), "en")).texts()


def test_a_tier_is_a_band_of_the_shares_it_allows() -> None:
    picture = read(curve_svg(row_of(KINDS["graded"]), "en"))
    edges = [one.get("d", "") for one in picture.all("path", "edge")]
    for share, edge in zip(("80%", "60%", "30%", "0%"), edges, strict=True):
        y = _number(share)
        assert y is not None
        assert edge == f"M{LEFT}.00 {svg._px(picture.y(y))}L{RIGHT}.00 {svg._px(picture.y(y))}"
    texts = picture.texts()
    for said in ("reached", "8 … 10 points", "partly reached", "3 … below 6 points", "not reached", "0 points"):
        assert said in texts


def test_a_tier_too_low_for_its_name_has_none() -> None:
    tiers = ",".join(f'{{ name = "tier {index}", from = "{95 - 5 * index}%" }}' for index in range(20))
    block = KINDS["graded"].partition("tiers =")[0] + f"tiers = [{tiers}]"
    picture = read(curve_svg(row_of(block), "en"))
    names = {one.text or "": Fraction(one.get("y", "")) - 4 for one in picture.all("text", "tier")}
    assert 8 <= len(names) < 20
    for name, y in names.items():
        low = Fraction(95 - 5 * int(name.removeprefix("tier ")), 100)
        assert picture.y(low + Fraction(1, 20)) <= y <= picture.y(low)
    assert "tier 19: 0 … below 0.5 points" in (picture.all("desc")[0].text or "")


def test_more_steps_than_pixels_are_cut_off() -> None:
    block = KINDS["stepped-whole"].replace('per = "1%"', 'per = "0.001%"').replace("minus = 1.5", "minus = 0.001")
    row = row_of(block)
    text = curve_svg(row, "en")
    assert isinstance(row.lowered, Measured)
    assert row.lowered.step is not None
    assert window(row, row.lowered)[0] == -STEPS * row.lowered.step.per
    assert len(read(text).lines()) == STEPS
    assert not read(text).all("circle")


def test_a_row_without_weight_earns_points_alone() -> None:
    base = '[[indicators]]\nname = "base"\nweight = 10\ntarget = "5"\nmethod = { kind = "threshold" }\n'
    text = HEAD.partition("[[")[0] + base + KINDS["stepped-whole"].replace("\n", "\n[[indicators]]\nweight = 0\n", 1)
    text = text.replace("minus = 1.5", "start = 0\nplus = 1\ncap = 5")
    picture = read(curve_svg(api.loads(text).program.rows[1], "en"))
    assert "share" not in picture.texts()
    assert "points" in picture.texts()
    assert {"0", "1", "5"} <= {*picture.texts()}


# --- the curve over the measure ------------------------------------------------------------------------------------

_BETTER: Final[tuple[Better, ...]] = ("higher", "lower")
_COUNTS: Final[tuple[Count | None, ...]] = ("whole", "started", "exact", None)
_SMALL: Final = st.integers(-12, 12).map(lambda count: Fraction(count, 4))


@st.composite
def _lowered(draw: st.DrawFn) -> Measured:
    start, minus, plus = (abs(draw(_SMALL)) for _ in range(3))
    closed = draw(st.booleans())
    worse = Piece(high=Fraction(0), high_closed=not closed, constant=start, slope=minus)
    level = Piece(low=Fraction(0), low_closed=closed, constant=start + draw(_SMALL), slope=plus)
    count = draw(st.sampled_from(_COUNTS))
    floor = draw(_SMALL)
    better = draw(st.sampled_from(_BETTER))
    edges = draw(st.lists(st.tuples(st.sampled_from(COMPARISONS), _SMALL), max_size=2))
    per, centre = abs(draw(_SMALL)) + Fraction(1, 4), draw(_SMALL)
    return Measured(
        measure=DIFFERENCE,
        better=better,
        directed=True,
        unit=None,
        curve=Curve((worse, level)),
        step=Step(per=per, count=count, centre=centre, better=better) if count else None,
        floor=floor,
        cap=draw(st.one_of(st.none(), st.integers(0, 8).map(lambda more: floor + Fraction(more, 2)))),
        zero=tuple(Edge(side=side, at=at, text="") for side, at in edges),
    )


def _share(lowered: Measured, x: Fraction) -> Fraction:
    """What *x* earns, step by step as the house does it."""
    counted = x if lowered.step is None else lowered.step.of(x)
    piece = lowered.curve.piece(counted)
    assert piece is not None
    share = Fraction(0) if any(edge.holds(x) for edge in lowered.zero) else piece.at(counted)
    share = max(share, lowered.floor)
    return share if lowered.cap is None else min(share, lowered.cap)


@given(_lowered())
def test_what_is_drawn_is_what_is_earned(lowered: Measured) -> None:
    low, high = Fraction(-4), Fraction(4)
    pieces = lowered.drawn(low, high)
    for eighth in range(-32, 33):
        x = Fraction(eighth, 8)
        holding = [piece for piece in pieces if piece.holds(x)]
        assert [piece.at(x) for piece in holding] == [_share(lowered, x)], x
    for left, right in itertools.pairwise(pieces):
        assert left.high == right.low


# --- its text ------------------------------------------------------------------------------------------------------

HOSTILE: Final = (
    "</text><script>alert(1)</script>",
    "\" onload='x' & &lt; ]]> <!-- -->",
    "\x00\x1b[31m\u202e\ud800\ufffe\uffff\U0001ffff",
    "长" * 1000,
    "\n\r\t",
    "",
)
TAGS: Final = {"svg", "title", "desc", "style", "rect", "text", "path", "circle"}
NAMES: Final = {
    *("class", "role", "width", "height", "viewBox", "rx", "x", "y", "text-anchor", "d", "cx", "cy", "r"),
}


def _sound(text: str) -> None:
    """Check that *text* is one picture and nothing else."""
    root = ElementTree.fromstring(text.encode("utf-8"))
    for one in root.iter():
        assert one.tag.removeprefix(SVG) in TAGS
        assert {*one.attrib} <= NAMES
    assert (root.get("width"), root.get("height")) == (str(WIDTH), str(HEIGHT))
    assert [child.tag.removeprefix(SVG) for child in root][:2] == ["title", "desc"]
    assert all(harmless(character) or character == "\n" for character in text)


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("kind", BLOCKS)
def test_names_are_text_and_nothing_else(name: str, kind: str) -> None:
    row = evolve(row_of(BLOCKS[kind]), name=name)
    lowered: Any = row.lowered
    if kind.startswith("graded"):
        lowered = evolve(lowered, tiers=tuple(evolve(tier, name=name) for tier in lowered.tiers))
    elif lowered.unit is not None:
        lowered = evolve(lowered, unit=evolve(lowered.unit, name=name))
    row = evolve(row, lowered=lowered, target=evolve(row.target, text=name))
    for lang in LANGUAGES:
        _sound(curve_svg(row, lang))


def test_a_name_can_be_read_back() -> None:
    picture = read(curve_svg(evolve(row_of(KINDS["banded"]), name='<b> & "c"'), "en"))
    assert '<b> & "c"' in picture.texts()
    assert picture.all("title")[0].text == '<b> & "c"'
    assert "≥ 85%, < 95%: 80%" in (picture.all("desc")[0].text or "")


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_row_of_the_rule_files_has_a_picture(path: Path) -> None:
    plan = api.inspect(path)
    if isinstance(plan, perfeval.Plan):
        for row in plan.program.rows:
            if hasattr(row.lowered, "curve") or hasattr(row.lowered, "tiers"):
                for lang in LANGUAGES:
                    _sound(curve_svg(row, lang))


def test_what_has_neither_curve_nor_tiers_has_no_picture() -> None:
    lowered: Any = None
    with pytest.raises(TypeError, match="neither curve nor tiers"):
        curve_svg(evolve(row_of(KINDS["banded"]), lowered=lowered), "en")


@pytest.mark.parametrize("kind", BLOCKS)
def test_a_picture_is_the_same_every_time(kind: str) -> None:
    for lang in LANGUAGES:
        text = curve_svg(row_of(BLOCKS[kind]), lang)
        with decimal.localcontext(decimal.Context(prec=1, rounding=decimal.ROUND_UP)):
            assert curve_svg(row_of(BLOCKS[kind]), lang) == text


def _places(root: ElementTree.Element) -> Iterator[str]:
    for one in root.iter():
        for name in ("x", "y", "cx", "cy", "r", "d"):
            yield from re.findall(r"[0-9.]+", one.get(name, ""))


@pytest.mark.parametrize("kind", BLOCKS)
def test_places_have_two_decimals(kind: str) -> None:
    root = read(curve_svg(row_of(BLOCKS[kind]), "zh")).root
    assert all(re.fullmatch(r"[0-9]+\.[0-9]{2}", place) for place in _places(root))


@pytest.mark.parametrize("module", [outline, svg])
def test_no_float_is_used(module: Any) -> None:
    for node in ast.walk(ast.parse(Path(module.__file__).read_text(encoding="utf-8"))):
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float))
        assert not (isinstance(node, ast.Name) and node.id == "float")


@pytest.mark.parametrize("kind", KINDS)
def test_the_pictures_of_the_docs_are_those_drawn(kind: str) -> None:
    committed = (FOLDER / f"{kind}.svg").read_text(encoding="utf-8")
    assert committed == curve_svg(row_of(KINDS[kind]), "en"), "draw them anew: python tests/report/test_svg.py --write"


def test_no_other_picture_stands_in_the_docs() -> None:
    assert {path.stem for path in FOLDER.glob("*.svg")} == {*KINDS, "audit"}


if __name__ == "__main__" and sys.argv[1:] == ["--write"]:
    write()
