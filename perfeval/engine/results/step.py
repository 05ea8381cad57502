"""One step of an explanation."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from perfeval.problems import Origin
from perfeval.text.messages import Language, Said, said_of


@frozen(kw_only=True)
class Step:
    """One step of the working, made where its number was made.

    ``term`` is what it is (a name of the catalogue), ``formula`` how it came about, with its numbers, ``value`` the
    exact result as text and ``shown`` the same as people write it, empty where the formula says it all. ``origin`` is
    the rule or the fact it rests on, ``basis`` the notice or clause.
    """

    term: str
    formula: str | Said
    value: str
    shown: str
    origin: Origin
    basis: str | None = None

    def term_in(self, lang: Language) -> str:
        return said_of("term", self.term).text(lang)

    def formula_in(self, lang: Language) -> str:
        return self.formula.text(lang) if isinstance(self.formula, Said) else self.formula

    def as_dict(self, lang: Language = "en") -> dict[str, Any]:
        """The step as plain data; ``line`` is None where its origin is in no file."""
        place = self.origin.place
        return {
            "term": self.term,
            "formula": self.formula_in(lang),
            "value": self.value,
            "origin": str(self.origin),
            "line": None if place is None else place.line,
            "basis": self.basis,
        }
