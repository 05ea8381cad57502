"""One change between two rule files, with its place in both."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

from attrs import evolve, frozen

from perfeval.problems import KeyPath, Origin, Place
from perfeval.rulefile.scorecard import Scorecard
from perfeval.text.messages import Language, Said, Value, say

Kind: TypeAlias = Literal["added", "removed", "changed"]


@frozen(kw_only=True)
class Change:
    """One thing that the new rule file says and the old one does not, or the other way round.

    ``section`` is the part of the file it stands in, ``where`` the way to it in plain words; ``before`` and ``after``
    are what is said there, None where nothing is. ``old`` and ``new`` are where that stands, ``None`` in the file that
    has no such thing. ``wording`` says that no score can rest on it. ``lines`` are what a method that came or went
    says.
    """

    kind: Kind
    section: str
    where: tuple[str | Said, ...]
    before: Value | None = None
    after: Value | None = None
    old: Origin | None = None
    new: Origin | None = None
    old_place: Place | None = None
    new_place: Place | None = None
    wording: bool = False
    lines: tuple[Said, ...] = ()

    def __str__(self) -> str:
        return self.text("en")

    @property
    def what(self) -> str:
        """The path in plain words, in English; ``what_in`` chooses the language."""
        return self.what_in("en")

    def what_in(self, lang: Language) -> str:
        return " · ".join(one.text(lang) if isinstance(one, Said) else one for one in self.where)

    def before_in(self, lang: Language) -> str | None:
        return _said(self.before, lang)

    def after_in(self, lang: Language) -> str | None:
        return _said(self.after, lang)

    def text(self, lang: Language) -> str:
        """The change in one sentence."""
        what, before, after = self.what_in(lang), self.before, self.after
        if self.kind == "added":
            return say(lang, "change-added", what=what) + _behind(after, lang)
        if self.kind == "removed":
            return say(lang, "change-removed", what=what) + _behind(before, lang)
        if before is None or after is None:
            return say(lang, "change-inside", what=what)
        if _is_points(before) and isinstance(before, Said) and _is_points(after):
            before = before.args["value"]  # the word for points stands once
        return say(lang, "change-changed", what=what, before=before, after=after)

    def as_dict(self, lang: Language = "en") -> dict[str, Any]:
        """The change as plain data, for ``--format json``."""
        return {
            "kind": self.kind,
            "section": self.section,
            "what": self.what_in(lang),
            "before": self.before_in(lang),
            "after": self.after_in(lang),
            "wording": self.wording,
            "message": self.text(lang),
            "lines": [line.text(lang).strip() for line in self.lines],
            "old": _standing(self.old, self.old_place),
            "new": _standing(self.new, self.new_place),
        }


def _said(value: Value | None, lang: Language) -> str | None:
    return None if value is None else say(lang, "range-of", ends=value)


def _behind(value: Value | None, lang: Language) -> str:
    return "" if value is None else say(lang, "change-says", what=value)


def _is_points(value: Value) -> bool:
    return isinstance(value, Said) and value.key in {"word-point", "word-points"}


def _standing(origin: Origin | None, place: Place | None) -> dict[str, Any] | None:
    if origin is None:
        return None
    return {
        "origin": str(origin),
        "file": place.file if place else origin.document,
        "line": place.line if place else None,
    }


@frozen(kw_only=True)
class Spot:
    """A key in both files at once, and the way to it in plain words; None is a file that has no such thing."""

    section: str
    words: tuple[str | Said, ...] = ()
    old: KeyPath | None = ()
    new: KeyPath | None = ()
    wording: bool = False

    def key(self, key: str | int, word: str | Said | None = None) -> Spot:
        """The key *key* of what stands here, called *word*."""
        words = self.words if word is None else (*self.words, word)
        return evolve(self, words=words, old=_below(self.old, key), new=_below(self.new, key))

    def item(self, old: str | int | None, new: str | int | None, word: str | Said) -> Spot:
        """The item that is *old* here in the old file, and *new* in the new one."""
        return evolve(self, words=(*self.words, word), old=_below(self.old, old), new=_below(self.new, new))

    def called(self, *words: str | Said) -> Spot:
        """The same, under the name *words*."""
        return evolve(self, words=words)

    def change(
        self,
        cards: tuple[Scorecard, Scorecard],
        kind: Kind,
        before: Value | None,
        after: Value | None,
        lines: tuple[Said, ...],
    ) -> Change:
        """The change that was found here in the two *cards*."""
        origins = [_origin(card, path) for card, path in zip(cards, (self.old, self.new), strict=True)]
        places = [None if origin is None else origin.place for origin in origins]
        return Change(
            kind=kind,
            section=self.section,
            where=self.words,
            before=before,
            after=after,
            old=origins[0],
            new=origins[1],
            old_place=places[0],
            new_place=places[1],
            wording=self.wording,
            lines=lines,
        )


def _below(path: KeyPath | None, step: str | int | None) -> KeyPath | None:
    return None if path is None or step is None else (*path, step)


def _origin(card: Scorecard, path: KeyPath | None) -> Origin | None:
    """Return the origin of the key at *path*, in the file of *card* that states it."""
    return None if path is None else card.owners.origin(path)
