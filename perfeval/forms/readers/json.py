"""Reading forms in JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final

from attrs import define, evolve, field

from perfeval.forms.form import LAYOUT, Form
from perfeval.numbers.rounding import DIGITS
from perfeval.problems import InputError, KeyPath, Origin, Place, Problem, path_text, problem, type_name
from perfeval.rulefile import schema
from perfeval.text.messages import said
from perfeval.toml import parser, source

#: Keys that begin so are somebody's notes and no claims of the form, but for the sum of the weights.
_NOTES: Final = ("comment", "sum_of_", "source_", "printed_")
#: What JSON calls it, and where it stands in a form; what stands in both is called the same.
_RENAMED: Final[Mapping[str, KeyPath]] = {
    "unit": ("agency",),
    "reported_total": ("reported", "total"),
    "reported_grade": ("reported", "grade"),
    "printed_weight_total": ("reported", "weight_total"),
}
_OF_ROW: Final = {"note": "reason"}
#: The columns that a line of the money has.
_COLUMNS: Final = 6


def read(path: Path) -> Form:
    """The form in the JSON file *path*; InputError with every fault of its shape."""
    document = source.read(path)
    data = _parsed(document.text, document.name)
    made = _Made(document.name)
    tree = made.form(data)
    # Every fault is told at the key of the file, be it called otherwise there.
    try:
        form = schema.structured(tree, Form, lambda keys: Origin(document.name, keys))
    except InputError as error:
        found = [_renamed(one, made.back(one.origin.path)) for one in error.problems]
        raise InputError([*made.faults, *found]) from None
    if made.faults:
        raise InputError(made.faults)
    labels = {path: path_text(made.back(path)) for path in made.paths}
    return evolve(form, labels=labels)


def _renamed(one: Problem, path: KeyPath) -> Problem:
    """*one* at the *path* that its value has in the file, under the key that it has there."""
    origin = Origin(one.origin.document, path)
    named = path and one.origin.path and one.args.get("key") == one.origin.path[-1]
    return evolve(one, origin=origin, args={**one.args, "key": str(path[-1])} if named else one.args)


def _parsed(text: str, name: str) -> Any:
    twice: list[str] = []

    def table(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            keys = [key for key, _ in pairs]
            twice.extend(dict.fromkeys(key for key in keys if keys.count(key) > 1))
        return found

    origin = Origin(name)
    try:
        data = json.loads(text, parse_int=_whole, parse_float=_number, parse_constant=_refused, object_pairs_hook=table)
    except json.JSONDecodeError as error:
        line = text.split("\n")[error.lineno - 1] if error.lineno <= text.count("\n") + 1 else ""
        at = Place(file=name, line=error.lineno, column=error.colno, source=line)
        raise InputError([evolve(problem("json-syntax", origin, reason=error.msg), place=at)]) from None
    except RecursionError:
        raise InputError([problem("too-deep", origin, limit=parser.DEPTH)]) from None
    except ValueError as error:  # NaN, Infinity
        raise InputError([problem("json-syntax", origin, reason=str(error))]) from None
    if twice:
        raise InputError([problem("duplicate-key", origin / key, key=key) for key in twice])
    if isinstance(data, dict) and ("engine" in data or not {"funds", "indicators"} & data.keys()):
        # What perfeval itself writes of a form has much the same words.
        raise InputError([problem("not-a-form", origin, advice=said("is-other-json"), found=", ".join(list(data)[:5]))])
    if not isinstance(data, dict):
        expected = said("type-table")
        raise InputError([problem("wrong-type", origin, key=name, found=type_name(data), expected=expected)])
    limits = {"too-deep": parser.DEPTH, "number-too-large": DIGITS}
    faults = [problem(fault, Origin(name, path), limit=limits[fault]) for fault, path in parser.unusable(data)]
    version = data.get("form", LAYOUT)
    if type(version) is int and version != LAYOUT:
        faults.append(problem("wrong-format", origin / "form", advice=said("form-version"), found=version))
    if faults:
        raise InputError(faults)
    return data


def _number(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:  # an exponent that no program can hold
        return Decimal("Infinity")


def _whole(text: str) -> int | Decimal:
    return int(text) if len(text) <= 2 * DIGITS else _number(text)


def _under(rows: list[Any]) -> Iterator[Any]:
    """The rows, a blank first level being the one above: its cell is merged over all of its rows."""
    above = ""
    for row in rows:
        level = row.get("level1") if isinstance(row, dict) else None
        above = level if isinstance(level, str) and level.strip() else above
        yield {**row, "level1": above} if level == "" and above else row


def _refused(word: str) -> Any:
    raise ValueError(word)


@define
class _Made:
    """The keys of a form from those of JSON, and the way back."""

    file: str
    paths: list[KeyPath] = field(factory=list)
    faults: list[Problem] = field(factory=list)
    _back: dict[KeyPath, KeyPath] = field(factory=dict)

    def form(self, data: Mapping[str, Any]) -> dict[str, Any]:
        tree: dict[str, Any] = {"form": LAYOUT}
        for key, value in data.items():
            if key in {"form", "raw_funds_rows", "truncated"} or value is None:
                continue
            if key in _RENAMED:
                self._put(tree, _RENAMED[key], value, (key,))
            elif key.startswith(_NOTES):
                continue
            elif key in {"funds", "indicators"} and isinstance(value, list):
                rows = self._funds(data) if key == "funds" else _under(value)
                tree[key] = [self._row(key, index, row) for index, row in enumerate(rows)]
            else:
                self._put(tree, (key,), value, (key,))
        return tree

    def _put(self, tree: dict[str, Any], path: KeyPath, value: Any, source_path: KeyPath) -> None:
        for step in path[:-1]:
            tree = tree.setdefault(str(step), {})
        tree[str(path[-1])] = value
        self._back[path] = source_path
        self.paths.append(path)

    def _funds(self, data: Mapping[str, Any]) -> Iterator[Any]:
        """The lines of the money; where a line as printed has more values than columns, the rest is told apart."""
        raw = data.get("raw_funds_rows")
        for index, row in enumerate(data["funds"]):
            line = raw[index] if isinstance(raw, list) and index < len(raw) and isinstance(raw[index], str) else ""
            name = row.get("name") if isinstance(row, dict) else None
            values = line.strip().removeprefix(name.strip()).split() if isinstance(name, str) else []
            yield {**row, "extra": values[_COLUMNS:]} if len(values) > _COLUMNS else row

    def _row(self, key: str, index: int, row: Any) -> Any:
        if not isinstance(row, dict):
            return row
        found: dict[str, Any] = {}
        for name, value in row.items():
            if name.startswith(_NOTES) or value is None or name in {"level1", "level2"}:
                continue
            new = str(_OF_ROW.get(name, name) if key == "indicators" else name)
            found[new] = value
            self._back[key, index, new] = (key, index, name)
            self.paths.append((key, index, new))
        levels = [row[name] for name in ("level1", "level2") if name in row]
        if levels and key == "indicators":
            for name in ("level1", "level2"):
                if not isinstance(row.get(name) or "", str):
                    found_type, expected = type_name(row[name]), said("type-string")
                    origin = Origin(self.file, (key, index, name))
                    self.faults.append(problem("wrong-type", origin, key=name, found=found_type, expected=expected))
            texts = [one.strip().replace("/", "／") for one in levels if isinstance(one, str) and one.strip()]
            found["group"] = "/".join(texts)
            self._back[key, index, "group"] = (key, index, "level2" if "level2" in row else "level1")
            self.paths.append((key, index, "group"))
        return found

    def back(self, path: KeyPath) -> KeyPath:
        """The path in the file of what stands at *path* in the form."""
        for length in range(len(path), 0, -1):
            if path[:length] in self._back:
                return (*self._back[path[:length]], *path[length:])
        return path
