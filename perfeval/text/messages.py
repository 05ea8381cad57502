"""Messages: filling in texts, and making text from files harmless."""

from __future__ import annotations

import locale
import unicodedata
from collections.abc import Callable, Mapping
from typing import Final, Literal, TypeAlias

from attrs import field, frozen

from perfeval.immutable import Fixed
from perfeval.text.catalog import commands, comparison, evaluation, facts, files, findings, forms, rules, words
from perfeval.text.pairs import FindingText, Pair, Severity

Language: TypeAlias = Literal["zh", "en"]
Value: TypeAlias = "str | int | Said | tuple[str | Said, ...]"

LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")

#: The longest stretch of a file's text that a problem repeats.
QUOTED: Final = 80
#: The most items that a sentence lists.
LISTED: Final = 24


#: Problems by name: message and hint, in both languages. Names are permanent, sentences may change.
PROBLEMS: Final[Mapping[str, tuple[Pair, Pair]]] = {
    **files.PROBLEMS,
    **rules.PROBLEMS,
    **facts.PROBLEMS,
    **forms.PROBLEMS,
}
FINDINGS: Final[Mapping[str, FindingText]] = findings.FINDINGS
#: All other sentences, headings and words.
SENTENCES: Final[Mapping[str, Pair]] = {
    **words.SENTENCES,
    **files.SENTENCES,
    **rules.SENTENCES,
    **evaluation.SENTENCES,
    **forms.SENTENCES,
    **findings.SENTENCES,
    **comparison.SENTENCES,
    **commands.SENTENCES,
    **{f"{table}.{name}": pair for table, names in words.TABLES.items() for name, pair in names.items()},
}


def fixed_args(args: Mapping[str, Value]) -> Mapping[str, Value]:
    """*args* as a copy that cannot be changed."""
    return Fixed(args)


@frozen(kw_only=True)
class Said:
    """A sentence before a language is chosen: the name it has in the catalog, and what fills it in."""

    key: str
    args: Mapping[str, Value] = field(factory=Fixed, converter=fixed_args)

    def __str__(self) -> str:
        return self.text("en")

    def text(self, lang: Language) -> str:
        """The sentence in *lang*."""
        return fill(SENTENCES[self.key][LANGUAGES.index(lang)], self.args, lang, shown)


def said(key: str, /, **args: Value) -> Said:
    """The sentence *key* of the catalog, filled in with *args*."""
    return Said(key=key, args=args)


def said_of(table: str, name: str, /, **args: Value) -> Said:
    """The word *name* in a *table* of the catalog, filled in with *args*."""
    return Said(key=f"{table}.{name}", args=args)


def say(lang: Language, key: str, /, **args: Value) -> str:
    """The sentence *key* in *lang*, at once."""
    return Said(key=key, args=args).text(lang)


def problem_sentences(name: str, lang: Language) -> tuple[str, str]:
    """The message and the hint of the problem *name*, not yet filled in."""
    message, hint = PROBLEMS[name][LANGUAGES.index(lang)]
    return message, hint


def finding_text(name: str, args: Mapping[str, Value], lang: Language) -> str:
    """Return the sentence of the finding *name*, filled in."""
    return fill(FINDINGS[name].sentence[LANGUAGES.index(lang)], args, lang, shown)


def finding_label(name: str, lang: Language) -> str:
    """Return the name of a finding; in Chinese with its title."""
    return f"{name} {FINDINGS[name].title}" if lang == "zh" else name


def usual_severity(name: str) -> Severity:
    """Return the severity of the finding *name* where a rule file states none."""
    return FINDINGS[name].severity


def fill(template: str, args: Mapping[str, Value], lang: Language, quote: Callable[[str], str]) -> str:
    """*template* with each ``{name}`` replaced by its value; text from a file goes through *quote* first."""
    return template.format_map({name: _worded(value, lang, quote) for name, value in args.items()})


def _worded(value: Value, lang: Language, quote: Callable[[str], str]) -> str:
    if isinstance(value, Said):
        return fill(SENTENCES[value.key][LANGUAGES.index(lang)], value.args, lang, quote)
    if isinstance(value, tuple):
        words = [_worded(item, lang, quote) for item in value[:LISTED]]
        return ("、" if lang == "zh" else ", ").join(words + ["…"] * (len(value) > LISTED))
    return quote(str(value))


def clipped(text: str) -> str:
    """*text* made harmless and, past ``QUOTED`` characters, cut with an ellipsis."""
    text = shown(text)
    return text if len(text) <= QUOTED else text[: QUOTED - 1] + "…"


def shown(text: str) -> str:
    """*text* as it may be printed: what a terminal would obey stands as ``\\x1b`` instead.

    Control characters (C0, C1), line and paragraph separators, bidirectional marks and lone surrogates are
    written out; every other character stays.
    """
    if text.isprintable():  # then none of its characters is one of those
        return text
    return "".join(character if harmless(character) else _escaped(character) for character in text)


def harmless(character: str) -> bool:
    """Return True if a terminal prints *character* and does nothing else."""
    # Cf holds the bidirectional and zero-width marks, Cs lone surrogates, Zl and Zp the exotic line ends.
    return unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def is_utf8(encoding: str | None) -> bool:
    """Return True if *encoding*, as streams call it, is UTF-8; a stream that does not say takes any text."""
    return encoding is None or encoding.lower().replace("-", "").replace("_", "") in {"utf8", "utf8sig"}


def language(*wishes: str | None) -> Language:
    """The first of *wishes* that perfeval speaks, else the language of the locale, else English."""
    for wish in (*wishes, locale.getlocale()[0]):
        if wish:
            name = wish.lower()
            if name.startswith(("zh", "chinese")):
                return "zh"
            if name.startswith("en"):
                return "en"
    return "en"
