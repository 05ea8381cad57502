"""Words and signs of bound: ≥, at least, 不超过, 以上, 之前."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from attrs import field, frozen

Operator: TypeAlias = Literal["≥", ">", "≤", "<", "="]

# Each opens a bound that only the word after the number closes: 控制在5%以内, 在11月底前.
_OPENERS: Final = ("控制在", "在", "于")


def opening(line: str, words: tuple[str, ...]) -> str:
    """The first of *words* that *line* begins with, or none."""
    return next(filter(line.startswith, words)) if line.startswith(words) else ""


def closing(line: str, words: tuple[str, ...]) -> str:
    """The first of *words* that *line* ends with, or none."""
    return next(filter(line.endswith, words)) if line.endswith(words) else ""


@frozen(eq=False, repr=False)
class Bounds:
    """The words before an amount, and those after it, that say an operator; each is tried the longest first."""

    before: Mapping[str, Operator]
    after: Mapping[str, Operator]
    #: Many words may stand before: they lie by their first letters.
    _before: Mapping[str, tuple[str, ...]] = field(init=False)
    _after: tuple[str, ...] = field(init=False)

    @_before.default
    def _by_letter(self) -> Mapping[str, tuple[str, ...]]:
        words = _longest_first(self.before)
        return {letter: tuple(word for word in words if word[0] == letter) for letter in {word[0] for word in words}}

    @_after.default
    def _sorted(self) -> tuple[str, ...]:
        return _longest_first(self.after)

    def unbound(self, line: str) -> tuple[Operator | None, str] | None:
        """The operator of *line* and the rest; None where two contradict or one is half said."""
        lower = line.lower()
        first, last = opening(lower, self._before.get(lower[:1], ())), closing(lower, self._after)
        opener = "" if first else opening(line, _OPENERS)
        body = line[: len(line) - len(last)].rstrip(" ")[len(first or opener) :].lstrip(" ")
        wanted, stated = self.before.get(first), self.after.get(last)
        if opener and stated != "≤":
            return None
        if wanted and stated and wanted != stated:
            return None
        return wanted or stated, body


def _longest_first(words: Mapping[str, Operator]) -> tuple[str, ...]:
    return tuple(sorted(words, key=len, reverse=True))


def _by_operator(table: Mapping[Operator, str]) -> dict[str, Operator]:
    return {word.replace("_", " "): operator for operator, words in table.items() for word in words.split()}


# An underscore is a space. 达到90% asks for 90% or more.
_SIGNS: Final[dict[Operator, str]] = {
    "≥": "≥ ≥= >= >_= =>",
    ">": ">",
    "≤": "≤ ≤= <= <_= =<",
    "<": "<",
    "=": "= ==",
}
_COUNTING: Final[dict[Operator, str]] = {
    "≥": "不少于 不低于 不小于 不得低于 不得少于 不得小于 不能低于 不能少于 不应低于 不应少于 "
    "至少 最少 达到 达 大于等于 大于或等于 高于或等于 达到或超过 "
    "at_least not_less_than no_less_than not_fewer_than no_fewer_than greater_than_or_equal_to",
    ">": "大于 高于 超过 多于 more_than greater_than over above",
    "≤": "不超过 不高于 不多于 不大于 不得超过 不得高于 不得多于 不得大于 不能超过 不能高于 "
    "不应超过 不应高于 未超过 至多 最多 小于等于 小于或等于 低于或等于 "
    "at_most not_more_than no_more_than up_to within less_than_or_equal_to",
    "<": "小于 低于 少于 不足 不到 不满 未满 less_than fewer_than below under",
    "=": "等于 equal_to equals",
}
_DATING: Final[dict[Operator, str]] = {
    "≥": "不早于",
    ">": "晚于 after",
    "≤": "不晚于 不迟于 by no_later_than not_later_than",
    "<": "早于 before",
}


def _joined(*tables: Mapping[Operator, str]) -> dict[str, Operator]:
    return {word: operator for table in tables for word, operator in _by_operator(table).items()}


_BEFORE_DATE: Final = _joined(_SIGNS, _DATING)

NUMBER: Final = Bounds(
    _joined(_SIGNS, _COUNTING),
    _by_operator(
        {
            "≥": "以上 及以上 或以上 含以上 (含)以上 (含)及以上 以上(含) or_more or_above and_above",
            ">": "(不含)以上 以上(不含)",
            "≤": "以下 及以下 或以下 含以下 (含)以下 (含)及以下 以下(含) 以内 之内 内 "
            "or_less or_fewer or_below and_below",
            "<": "(不含)以下 以下(不含)",
        }
    ),
)
DATE: Final = Bounds(_BEFORE_DATE, _by_operator({"≤": "前 之前 以前"}))
YEAR: Final = Bounds(_BEFORE_DATE, _by_operator({"≤": "内 以内 之内"}))
