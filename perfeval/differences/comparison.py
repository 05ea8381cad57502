"""The result of a comparison: its changes, and the scores that move."""

from __future__ import annotations

from typing import Any

from attrs import field, frozen

from perfeval.differences.change import Change
from perfeval.differences.impact import Move
from perfeval.engine.results.evaluation import LAYOUT
from perfeval.problems import Problem
from perfeval.rulefile.scorecard import Scorecard
from perfeval.text.messages import Language
from perfeval.version import VERSION


@frozen(kw_only=True)
class Comparison:
    """The changes between two rule files, and the effect on each form.

    ``old`` and ``new`` are the names of the files. ``changes`` stand in the order of the parts of a rule file, those of
    wording only after all others; ``moves`` are all the forms, the largest move first.
    """

    old: str
    new: str
    changes: tuple[Change, ...]
    moves: tuple[Move, ...]
    lang: Language | None = None
    cards: tuple[Scorecard, Scorecard] = field(repr=False)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems that keep forms from being scored by either file."""
        bad = (one for one in self.moves if one.before is None and one.after is None)
        return tuple(dict.fromkeys(problem for one in bad for problem in (*one.old_problems, *one.new_problems)))

    def as_dict(self, lang: Language = "en") -> dict[str, Any]:
        """The comparison as plain data; every number is text, sentences are in *lang*."""
        names = zip(("old", "new"), (self.old, self.new), self.cards, strict=True)
        return {
            "format": LAYOUT,
            "engine": VERSION,
            **{side: _rules(name, card) for side, name, card in names},
            "changes": [one.as_dict(lang) for one in self.changes],
            "moves": [one.as_dict(lang) for one in self.moves],
        }


def _rules(name: str, card: Scorecard) -> dict[str, Any]:
    digest = card.documents[-1].document.digest if card.documents else None
    return {"file": name, "id": card.id, "title": card.title, "basis": card.basis, "digest": digest}
