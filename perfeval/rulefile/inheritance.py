"""The merged contents of a rule file and the files that it uses."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final, TypeAlias

import attrs

from perfeval.problems import InputError, KeyPath, Place, problem
from perfeval.rulefile.scorecard import Scorecard
from perfeval.rulefile.validity import in_force, settled

#: A value of TOML that holds no others.
Scalar: TypeAlias = str | bool | int | Decimal | datetime.date | datetime.time

#: The keys of a rule file as one reads them: first what it says of itself.
_ORDER: Final = tuple(field.name for field in attrs.fields(Scorecard))


@attrs.frozen
class Stated:
    """A value and where a file says it. A table or an array holds others."""

    value: Scalar | Mapping[str, Stated] | tuple[Stated, ...]
    path: KeyPath = ()
    place: Place | None = None

    @property
    def inner(self) -> Iterable[Stated]:
        """Return the values inside a table or an array."""
        if isinstance(self.value, Mapping):
            return self.value.values()
        return self.value if isinstance(self.value, tuple) else ()

    def leaves(self) -> Iterator[Stated]:
        """Yield the leaves from here down: scalars, empty tables and empty arrays."""
        if not self.inner:
            yield self
        for one in self.inner:
            yield from one.leaves()


def merged(card: Scorecard, year: int | None = None) -> Stated:
    """All that the files of *card* say, later ones over earlier; with *year* only what stands in it.

    Raises InputError where the rules as a whole do not stand in it.
    """
    if year is not None and not in_force(card, year):
        dates = tuple(one.isoformat() if one else "…" for one in (card.since, card.until))
        refused = problem("not-in-force", card.origin, found=card.id, year=year, dates=dates)
        raise InputError([refused])
    gone = frozenset() if year is None else settled(card, year)

    def stated(raw: Any, path: KeyPath) -> Stated:
        value = raw
        if isinstance(raw, Mapping):
            value = {key: stated(one, here) for key, one in raw.items() if (here := (*path, key)) not in gone}
        elif isinstance(raw, list):
            value = tuple(stated(one, here) for index, one in enumerate(raw) if (here := (*path, index)) not in gone)
        return Stated(value, path, card.owners.origin(path).place)

    return stated({key: card.merged[key] for key in _ORDER if key in card.merged}, ())
