"""The curve of a row as an SVG picture."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Final

from attrs import frozen

from perfeval.engine.program.program import ProgramRow
from perfeval.methods.normal_form import INVERSE, Judged, JudgedTier, Measured
from perfeval.numbers.comparison import facing
from perfeval.numbers.piecewise import ONE, ZERO, Piece
from perfeval.numbers.quantity import Moment, Quantity
from perfeval.numbers.rounding import Quantum, decimal, exact_text, near_percent, near_text, plain
from perfeval.report.formats.outline import Axis, aim, axis, jumps, road, round_numbers, window
from perfeval.text.messages import LISTED, Language, clipped, said_of, say, shown
from perfeval.text.width import text_width

WIDTH: Final = 480
HEIGHT: Final = 300
#: The box that the curve is drawn in.
LEFT: Final = 62
RIGHT: Final = 422
TOP: Final = 56
BOTTOM: Final = 238
#: What stays free above the highest share.
_HEADROOM: Final = 8

#: The most dots at jumps; where there are more, they would hide the stairs.
_DOTS: Final = 120
#: The most shares that are named at the side for themselves.
_LEVELS: Final = 10
#: The most signs of a number at the side that is written in full.
_BRIEF: Final = 6
_PIXEL: Final = Quantum(Fraction(1, 100), 2)
#: How wide a column of text is taken to be, and the space between two labels.
_COLUMN: Final = Fraction(13, 2)
_GAP: Final = 8
#: How high a line of text is.
_LINE: Final = 15

_STYLE: Final = """\
.perfeval{color:#1f2328;font:11px system-ui,"Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif}
.perfeval text{fill:currentColor}
.perfeval .paper,.perfeval .open{fill:#fff}
.perfeval .name{font-size:13px;font-weight:600}
.perfeval .faint{opacity:.7}
.perfeval .grid{stroke:currentColor;stroke-opacity:.13}
.perfeval .axis{fill:none;stroke:currentColor;stroke-opacity:.6}
.perfeval .under{fill:#0969da;fill-opacity:.1}
.perfeval .deep{fill-opacity:.2}
.perfeval .tier{font-weight:600}
.perfeval .piece{fill:none;stroke:#0969da;stroke-width:2.5}
.perfeval .riser{stroke:#0969da;stroke-dasharray:2 3}
.perfeval .edge{stroke:#0969da;stroke-width:1.5}
.perfeval .closed{fill:#0969da}
.perfeval .closed,.perfeval .open{stroke:#0969da;stroke-width:1.5}
.perfeval .target{stroke:#bc4c00;stroke-width:1.5;stroke-dasharray:5 3}
.perfeval text.aim{fill:#bc4c00}
@media (prefers-color-scheme:dark){
.perfeval{color:#e6edf3}
.perfeval .paper,.perfeval .open{fill:#0d1117}
.perfeval .under{fill:#58a6ff;fill-opacity:.15}
.perfeval .deep{fill-opacity:.28}
.perfeval .piece,.perfeval .riser,.perfeval .edge,.perfeval .closed,.perfeval .open{stroke:#58a6ff}
.perfeval .closed{fill:#58a6ff}
.perfeval .target{stroke:#f0883e}
.perfeval text.aim{fill:#f0883e}
}
"""


def curve_svg(row: ProgramRow, lang: Language) -> str:
    """The picture of what *row* earns: its share over its measure, or the tiers that a person picks from.

    Floor, cap and pass marks are in it; that a rate is rounded is not: those stairs are finer than a line. TypeError
    for a method that has neither curve nor tiers.
    """
    if isinstance(row.lowered, Judged):
        return _judged_svg(row, row.lowered, lang)
    if isinstance(row.lowered, Measured):
        return _measured_svg(row, road(row, row.lowered), lang)
    raise TypeError(f"{type(row.lowered).__name__} has neither curve nor tiers")


@frozen(kw_only=True)
class _Frame:
    """Maps a measure and a share to the picture."""

    low: Fraction = ZERO
    high: Fraction = ONE
    least: Fraction
    most: Fraction

    def x(self, measure: Fraction) -> Fraction:
        return LEFT + (RIGHT - LEFT) * (measure - self.low) / (self.high - self.low)

    def y(self, share: Fraction) -> Fraction:
        return BOTTOM - (BOTTOM - TOP - _HEADROOM) * (share - self.least) / (self.most - self.least)


def _frame(row: ProgramRow, shares: Iterable[Fraction], low: Fraction = ZERO, high: Fraction = ONE) -> _Frame:
    """The frame that holds every one of *shares*, nothing and, where the row has a weight, all of it."""
    levels = [ZERO, *([ONE] if row.weight else []), *shares]
    least, most = min(levels), max(levels)
    return _Frame(low=low, high=high, least=least, most=most if most > least else least + 1)


# --- what is measured ----------------------------------------------------------------------------------------------


def _measured_svg(row: ProgramRow, lowered: Measured, lang: Language) -> str:
    low, high = window(row, lowered)
    pieces = lowered.drawn(low, high)
    lines = [(piece, ends) for piece in pieces if (ends := _visible(piece, low, high)) is not None]
    frame = _frame(row, (piece.at(end) for piece, ends in lines for end in ends), low, high)
    marks = {end: closed for end, closed in jumps(pieces).items() if low <= end[0] <= high}
    levels = [piece.constant for piece, _ in lines if not piece.slope]
    numbers = axis(row, lowered)
    return _document(
        row,
        lang,
        [_said_piece(piece, row, numbers) for piece in lowered.earned],
        [
            *_scale(row, frame, levels if len(levels) <= _LEVELS else (), lang),
            *_ruler(row, lowered, frame, lang),
            *_target(row, lowered, frame, lang),
            *(_under(piece, ends, frame) for piece, ends in lines),
            *_risers(marks, frame),
            *(_path("piece", *((frame.x(end), frame.y(piece.at(end))) for end in ends)) for piece, ends in lines),
            *_dots(marks, frame),
        ],
    )


def _visible(piece: Piece, low: Fraction, high: Fraction) -> tuple[Fraction, Fraction] | None:
    """Return the visible ends of *piece* between *low* and *high*; None if it lies outside."""
    if piece.low is not None and piece.low == piece.high:
        return (piece.low, piece.low) if low <= piece.low <= high else None
    low = low if piece.low is None else max(low, piece.low)
    high = high if piece.high is None else min(high, piece.high)
    return (low, high) if low < high else None


def _said_piece(piece: Piece, row: ProgramRow, numbers: Axis) -> str:
    """A piece in signs: ``≥ 80%, < 90%: 60%``."""
    low, high = facing(up=True, closed=piece.low_closed), facing(up=False, closed=piece.high_closed)
    known = [(side, end) for side, end in ((low, piece.low), (high, piece.high)) if end is not None]
    where = ", ".join(f"{side.sign} {numbers.text(end)}" for side, end in known)
    shares = ["…" if end is None else _share_text(piece.at(end), row) for end in (piece.low, piece.high)]
    earns = " → ".join(shares) if piece.slope else _share_text(piece.constant, row)
    return f"{where or '…'}: {earns}"


def _share_text(share: Fraction, row: ProgramRow) -> str:
    return near_percent(share) if row.weight else near_text(share)


def _ruler(row: ProgramRow, lowered: Measured, frame: _Frame, lang: Language) -> Iterator[str]:
    """The numbers below the picture: the ends of pieces and the target first, then round ones between them."""
    numbers = axis(row, lowered)
    ends = [end for piece in lowered.earned for end in (piece.low, piece.high) if end is not None]
    wishes = [] if numbers.whole and numbers.date is None else [*filter(None, [aim(row, lowered)]), *ends]
    wishes = [end for end in wishes if frame.low <= end <= frame.high]

    def room(x: Fraction) -> Fraction:
        return _room(numbers.text(x))

    taken = []
    if lowered.measure == INVERSE:
        taken = [(Fraction(RIGHT), Fraction(20))]
        yield _text(RIGHT, BOTTOM + 18, "→ ∞")
    for most in range(8, 0, -1):
        nice = round_numbers(frame.low, frame.high, numbers, most)
        if len(_apart(nice, frame.x, room, taken)) >= len(nice) - 1:
            break
    for x in _apart(dict.fromkeys([*wishes, *nice]), frame.x, room, taken):
        yield _path("axis", (frame.x(x), BOTTOM), (frame.x(x), BOTTOM + 4))
        yield _text(frame.x(x), BOTTOM + 18, numbers.text(x))
    yield _text(Fraction(LEFT + RIGHT, 2), HEIGHT - 16, _caption(lowered, numbers, lang), css="faint")


def _caption(lowered: Measured, numbers: Axis, lang: Language) -> str:
    """Return the caption of the axis: the measure with its formula, the unit, how steps are counted."""
    actual, target = said_of("term", "actual").text(lang), said_of("term", "target").text(lang)
    formula = lowered.measure.formula.format(a=actual, t=target)
    named = lowered.measure.name != "value"
    parts = [f"{said_of('term', lowered.measure.name).text(lang)} = {formula}" if named else formula]
    if not numbers.percent and numbers.date is None and lowered.unit is not None and lowered.unit.name:
        parts.append(_fitted(lowered.unit.name, 16))
    if lowered.step is not None:
        parts.append(said_of("count", lowered.step.count).text(lang))
    return " · ".join(parts)


def _target(row: ProgramRow, lowered: Measured, frame: _Frame, lang: Language) -> Iterator[str]:
    """The target, as a line across the picture."""
    at = aim(row, lowered)
    if at is None:
        return
    x = frame.x(at)
    written = f" {row.target.text}" if isinstance(row.target, Quantity | Moment) else ""
    text = _fitted(said_of("term", "target").text(lang) + written, 32)
    half = _room(text) / 2
    yield _path("target", (x, TOP - 6), (x, BOTTOM))
    yield _text(min(max(x, LEFT + half), RIGHT - half), TOP - 12, text, css="aim")


def _under(piece: Piece, ends: tuple[Fraction, Fraction], frame: _Frame) -> str:
    (left, right), zero = ends, frame.y(ZERO)
    corners = [(frame.x(end), frame.y(piece.at(end))) for end in ends]
    return _path("under", (frame.x(left), zero), *corners, (frame.x(right), zero), end="Z")


def _risers(marks: dict[tuple[Fraction, Fraction], bool], frame: _Frame) -> Iterator[str]:
    """A faint line wherever what is earned jumps."""
    shares: dict[Fraction, list[Fraction]] = {}
    for x, share in marks:
        shares.setdefault(x, []).append(share)
    for x in sorted(shares):
        yield _path("riser", (frame.x(x), frame.y(min(shares[x]))), (frame.x(x), frame.y(max(shares[x]))))


def _dots(marks: dict[tuple[Fraction, Fraction], bool], frame: _Frame) -> Iterator[str]:
    """A hollow dot at each open end and a filled one at each closed end."""
    if len(marks) > _DOTS:
        return
    places = sorted({frame.x(x) for x, _ in marks})
    radius = min([Fraction(7, 2), *((right - left) / 3 for left, right in pairwise(places))])
    for (x, share), closed in sorted(marks.items(), key=lambda mark: (mark[1], mark[0])):
        spot = f'cx="{_px(frame.x(x))}" cy="{_px(frame.y(share))}" r="{_px(max(radius, Fraction(3, 2)))}"'
        yield f'<circle class="{"closed" if closed else "open"}" {spot}/>'


# --- what is judged ------------------------------------------------------------------------------------------------


def _judged_svg(row: ProgramRow, lowered: Judged, lang: Language) -> str:
    """The tiers as bands of the shares that a person may give in them, the lower edge of each drawn through."""
    frame = _frame(row, (share for tier in lowered.tiers for share in (tier.low, tier.high)))
    tiers = sorted(lowered.tiers, key=lambda tier: (-tier.high, -tier.low, tier.index))
    levels = [share for tier in tiers for share in (tier.high, tier.low)]
    words = [f"{clipped(tier.name)}: {_range_text(tier, row, lang)}" for tier in tiers]
    parts = [*_scale(row, frame, levels if len(levels) <= _LEVELS else (), lang)]
    for index, tier in enumerate(tiers):
        parts.append(_band(tier, frame, "under" if index % 2 else "under deep"))
    for tier, y in _named(tiers, frame):
        parts.append(_text(LEFT + 12, y + 4, _fitted(tier.name, 28), "start", "tier"))
        parts.append(_text(RIGHT - 12, y + 4, _range_text(tier, row, lang), "end"))
    return _document(row, lang, words, parts)


def _range_text(tier: JudgedTier, row: ProgramRow, lang: Language) -> str:
    """The points a tier allows."""
    low, high = (exact_text(share * (row.weight or 1)) for share in (tier.low, tier.high))
    if tier.fixed:
        return say(lang, "range-one", score=low)
    return say(lang, "range-closed" if tier.high_closed else "range-open", low=low, high=high)


def _band(tier: JudgedTier, frame: _Frame, css: str) -> str:
    low, high = frame.y(tier.low), frame.y(tier.high)
    edge = _path("edge", (LEFT, low), (RIGHT, low))
    return _path(css, (LEFT, low), (LEFT, high), (RIGHT, high), (RIGHT, low), end="Z") + edge


def _named(tiers: Iterable[JudgedTier], frame: _Frame) -> Iterator[tuple[JudgedTier, Fraction]]:
    """Return the positions of the names of *tiers* that have room inside their own tier."""
    least = Fraction(TOP)
    for tier in tiers:
        high, low = frame.y(tier.high), frame.y(tier.low)
        # The name of a tier without a height stands on its line, and that of a second one under it.
        wish, lowest = (low - 8, low + 8) if tier.fixed else ((low + high) / 2, low)
        y = max(wish, least)
        if y <= lowest:
            least = y + _LINE
            yield tier, y


# --- the picture ---------------------------------------------------------------------------------------------------


def _document(row: ProgramRow, lang: Language, words: list[str], parts: Iterable[str]) -> str:
    kind = said_of("kind", row.kind).text(lang)
    said = "; ".join([*words[:LISTED], *["…"] * (len(words) > LISTED)])
    size = f'width="{WIDTH}" height="{HEIGHT}"'
    lines = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="perfeval" role="img" {size} viewBox="0 0 {WIDTH} {HEIGHT}">',
        f"<title>{_xml(clipped(row.name))}</title>",
        f"<desc>{_xml(kind)}. {_xml(said)}</desc>",
        f"<style>\n{_STYLE}</style>",
        f'<rect class="paper" {size} rx="6"/>',
        _text(12, 22, _fitted(row.name, 56 - text_width(kind)), "start", "name"),
        _text(WIDTH - 12, 22, kind, "end", "faint"),
        *parts,
        "</svg>",
    )
    return "".join(f"{line}\n" for line in lines)


def _scale(row: ProgramRow, frame: _Frame, levels: Iterable[Fraction], lang: Language) -> Iterator[str]:
    """The share on the left and the points on the right; without a weight the share is the points."""
    numbers = Axis(percent=True, date=None, size=ONE, grain=Fraction(1, 100) if row.weight else ONE)
    inside = dict.fromkeys(wish for wish in (ZERO, ONE, *levels) if frame.least <= wish <= frame.most)
    named = _apart(inside, frame.y, lambda _: Fraction(_LINE))
    # Round numbers keep twice that distance from the shares that stand for themselves.
    nice = round_numbers(frame.least, frame.most, numbers, 5)
    named += _apart(nice, frame.y, lambda _: Fraction(_LINE), [(frame.y(one), Fraction(_LINE)) for one in named])
    for share in named:
        y = frame.y(share)
        yield _path("grid", (LEFT, y), (RIGHT, y))
        yield _text(RIGHT + 6, y + 4, _fitted(_brief(share * (row.weight or 1)), 8), "start")
        if row.weight:
            yield _text(LEFT - 6, y + 4, _fitted(_brief(share * 100) + "%", 9), "end")
    yield _text(RIGHT + 6, TOP - 12, said_of("term", "points").text(lang), "start", "faint")
    if row.weight:
        yield _text(LEFT - 6, TOP - 12, said_of("term", "share").text(lang), "end", "faint")
    yield _path("axis", (LEFT, TOP), (LEFT, BOTTOM), (RIGHT, BOTTOM), (RIGHT, TOP))


def _brief(value: Fraction) -> str:
    """*value* in so few decimals that it fits beside the picture."""
    text = near_text(value)
    return text if len(text) <= _BRIEF else f"≈ {plain(decimal(_PIXEL.round(value), 2))}"


def _apart(
    wishes: Iterable[Fraction],
    place: Callable[[Fraction], Fraction],
    room: Callable[[Fraction], Fraction],
    taken: Iterable[tuple[Fraction, Fraction]] = (),
) -> list[Fraction]:
    """Those of *wishes*, first come first served, whose labels stay clear of each other and of what is *taken*."""
    found: list[Fraction] = []
    spans = list(taken)
    for wish in wishes:
        at, half = place(wish), room(wish) / 2
        if all(abs(at - other) >= half + width for other, width in spans):
            spans.append((at, half))
            found.append(wish)
    return sorted(found)


def _path(css: str, *points: tuple[Fraction | int, Fraction | int], end: str = "") -> str:
    corners = "L".join(f"{_px(x)} {_px(y)}" for x, y in points)
    return f'<path class="{css}" d="M{corners}{end}"/>'


def _text(x: Fraction | int, y: Fraction | int, text: str, anchor: str = "middle", css: str = "") -> str:
    named = f' class="{css}"' if css else ""
    return f'<text{named} x="{_px(x)}" y="{_px(y)}" text-anchor="{anchor}">{_xml(text)}</text>'


def _px(value: Fraction | int) -> str:
    return plain(decimal(_PIXEL.round(Fraction(value)), 2))


def _xml(text: str) -> str:
    """*text* as it may stand between tags: harmless, escaped, and without the two that XML has no place for."""
    return html.escape(shown(text).replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff"))


def _room(text: str) -> Fraction:
    return _COLUMN * text_width(text) + _GAP


def _fitted(text: str, columns: int) -> str:
    """*text* cut to so many columns, with an ellipsis where it was longer."""
    text = shown(text[: columns + 1])
    if text_width(text) <= columns:
        return text
    while text_width(text) >= columns:
        text = text[:-1]
    return text + "…"
