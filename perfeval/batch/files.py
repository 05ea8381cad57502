"""Scoring a CSV or JSONL file of forms into a file of results."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final, TextIO, TypeAlias

from attrs import define, evolve, frozen

from perfeval.batch import objects
from perfeval.batch.blocks import Block, blocks
from perfeval.batch.columns import ID, Columns, columns
from perfeval.batch.processes import in_order
from perfeval.batch.results import Kind, Results
from perfeval.engine.plan import Plan
from perfeval.problems import InputError, Origin, Place, Problem, problem
from perfeval.text.messages import Language, say, shown

#: How the names of the files of each kind end.
SUFFIXES: Final[dict[str, Kind]] = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl"}
#: So many problems are told at the end; the results have all of them.
TOLD: Final = 20


@define
class Summary:
    """A summary of a file: the number of forms, of those that could not be scored, and their first problems."""

    forms: int = 0
    bad: int = 0
    problems: tuple[Problem, ...] = ()
    unused: tuple[str, ...] = ()
    encoding: str = "utf-8"

    def notes(self, file: str, lang: Language) -> Iterator[str]:
        """Return notes on the *file* besides its problems."""
        yield say(lang, "forms-scored", count=self.forms, bad=self.bad)
        if self.unused:
            yield say(lang, "columns-unused", names=self.unused)
        if self.encoding != "utf-8":
            yield say(lang, "read-as", file=file, encoding=self.encoding)


@frozen(kw_only=True)
class _Done:
    """The results of one block: a line for each form, and the names of the forms that have one."""

    lines: list[str]
    numbers: list[int]
    names: list[str]
    #: What is wrong with a form, by its place among them.
    faults: dict[int, list[Problem]]

    @property
    def problems(self) -> Iterator[Problem]:
        """Everything that is wrong, in the order of the lines."""
        return chain.from_iterable(found for _, found in sorted(self.faults.items()))


def kind_of(path: str | os.PathLike[str]) -> Kind | None:
    """Return the format of the file of many forms at *path*; None for any other file."""
    return SUFFIXES.get(Path(path).suffix.lower())


def score_file(
    plan: Plan,
    path: Path,
    out: Path | TextIO,
    *,
    kind: Kind,
    lang: Language = "en",
    jobs: int = 1,
    strict: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Summary:
    """Score each form of the file *path* by *plan*, and write the results, in order, to *out*.

    A form that cannot be scored keeps its line, with its problems; with *strict* it ends everything, as InputError.
    *out* is written beside its place and put there when it is whole. *progress* is told of the bytes that are done.
    """
    if isinstance(out, Path):
        part = out.with_name(f".{out.name}.part")
        try:
            with part.open("w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
                summary = _score(plan, path, stream, kind, lang, jobs, strict, progress)
            part.replace(out)
        finally:
            with suppress(OSError):
                part.unlink()
        return summary
    return _score(plan, path, out, kind, lang, jobs, strict, progress)


def _score(  # noqa: PLR0917  # all that is said of a batch
    plan: Plan,
    path: Path,
    stream: TextIO,
    kind: Kind,
    lang: Language,
    jobs: int,
    strict: bool,
    progress: Callable[[int], None] | None,
) -> Summary:
    summary = Summary()
    is_csv = kind_of(path) == "csv"
    parts = blocks(path, quoted=is_csv)
    header: Columns | None = None
    if is_csv:
        header, parts = _headed(plan, path, parts)
        summary.unused = header.unused
    named = header.id is not None if header else True
    worker = _Worker(plan=plan, file=str(path), header=header, results=Results(plan, kind, lang, named))
    stream.write(worker.results.head())
    seen: dict[str, int] = {}
    if jobs > 1:
        done = in_order(_work, parts, jobs, _begin, worker)
    else:
        _begin(worker)
        done = ((part, _work(part)) for part in parts)
    for part, found in done:
        summary.encoding = part.encoding if part.encoding != "utf-8" else summary.encoding
        if named:
            _note_repeated(found, seen, worker)
        if strict and found.faults:
            raise InputError(islice(found.problems, 1))
        stream.write("".join(found.lines))
        summary.forms += len(found.lines)
        summary.bad += len(found.faults)
        summary.problems = (*summary.problems, *islice(found.problems, TOLD - len(summary.problems)))
        if progress is not None:
            progress(len(part.raw))
    if not summary.forms:
        raise InputError([problem("no-forms", Origin(str(path)))])
    return summary


def _headed(plan: Plan, path: Path, parts: Iterator[Block]) -> tuple[Columns, Iterator[Block]]:
    """The header of a table, and what follows it."""
    first = next(parts, None)
    text = "" if first is None else first.text
    lines = io.StringIO(text, newline="")
    cells = next(csv.reader(lines), [])
    if first is None or not any(one.strip() for one in cells):
        raise InputError([problem("no-forms", Origin(str(path)))])
    header = columns(plan.program, cells, str(path))
    rest = lines.read().encode(first.encoding, errors="surrogateescape")
    skipped = first.raw.count(b"\n") - rest.count(b"\n")
    return header, _joined(evolve(first, raw=rest, line=first.line + skipped), parts)


def _joined(first: Block, rest: Iterable[Block]) -> Iterator[Block]:
    yield first
    yield from rest


def _note_repeated(done: _Done, seen: dict[str, int], worker: _Worker) -> None:
    """A name that an earlier form has too is a problem more of this one."""
    names = [name for name in done.names if name]
    if len(set(names)) == len(names) and seen.keys().isdisjoint(names):
        seen.update((name, number) for name, number in zip(done.names, done.numbers, strict=True) if name)
        return
    for index, (name, number) in enumerate(zip(done.names, done.numbers, strict=True)):
        if name in seen:
            repeated = worker.fault("duplicate-id", number, ID, found=name, first=seen[name])
            faults = done.faults[index] = [repeated, *done.faults.get(index, ())]
            done.lines[index] = worker.results.fault(number, name, faults)
        elif name:
            seen[name] = number


#: A row of the file: the number of its line, its name, its facts or what is wrong with it, and the line of an object.
_Row: TypeAlias = "tuple[int, str, dict[str, Any] | InputError, str]"

_worker: list[_Worker] = []


def _begin(worker: _Worker) -> None:
    worker.plan.generated.at_once()
    _worker[:] = [worker]


def _work(block: Block) -> _Done:
    (worker,) = _worker
    return worker.work(block)


@frozen(kw_only=True)
class _Worker:
    """Scores the forms of one block after the other."""

    plan: Plan
    file: str
    header: Columns | None
    results: Results

    def work(self, block: Block) -> _Done:
        done = _Done(lines=[], numbers=[], names=[], faults={})
        plan, results = self.plan, self.results
        for number, name, facts, line in self._rows(block) if self.header else self._objects(block):
            done.numbers.append(number)
            done.names.append(name)
            try:
                if isinstance(facts, InputError):
                    raise facts
                done.lines.append(results.line(number, name, plan.score(facts)))
            except InputError as error:
                found = [self._located(one, number, line) for one in error.problems]
                found.sort(key=lambda one: one.column or 0)
                done.faults[len(done.lines)] = found
                done.lines.append(results.fault(number, name, found))
        return done

    def fault(self, name: str, number: int, column: str = "", **args: Any) -> Problem:
        """A problem of the form on the line *number*."""
        found = problem(name, Origin(self.file, (column,) if column else ()), **args)
        return self._located(found, number)

    def _located(self, one: Problem, number: int, line: str = "") -> Problem:
        """*one* in its row and column: that of a cell, or in the *line* of an object that of its key."""
        if one.place is not None:
            return one
        column = self.header.column(one.origin) if self.header else None
        if line:
            column = objects.column_of(line, one.origin.path)
        place = Place(file=shown(self.file), line=number, column=column or 1)
        return evolve(one, origin=Origin(self.file, one.origin.path), place=place)

    def _rows(self, block: Block) -> Iterator[_Row]:
        """The rows of a table."""
        header = self.header
        assert header is not None
        reader = csv.reader(io.StringIO(block.text, newline=""), strict=True)
        width, at, facts_of = len(header.header), block.line, header.facts
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield at, "", InputError([self.fault("broken-line", at, reason=str(error))]), ""
                at = block.line + reader.line_num
                continue
            number, at = at, block.line + reader.line_num
            if not cells:
                continue
            name = cells[header.id].strip() if header.id is not None and len(cells) > header.id else ""
            if len(cells) != width:
                yield number, name, InputError([self.fault("ragged-row", number, found=len(cells), count=width)]), ""
            else:
                yield number, name, facts_of(cells), ""

    def _objects(self, block: Block) -> Iterator[_Row]:
        """The objects of a file of one JSON object a line."""
        for number, line in enumerate(block.text.split("\n"), block.line):
            if not line.strip():
                continue
            try:
                data = objects.read(line)
            except (ValueError, RecursionError) as error:
                column = error.colno if isinstance(error, json.JSONDecodeError) else 1
                fault = problem("broken-line", Origin(self.file), reason=shown(str(error).partition(": line ")[0]))
                place = Place(file=shown(self.file), line=number, column=column)
                yield number, "", InputError([evolve(fault, place=place)]), ""
                continue
            if not isinstance(data, dict):
                yield number, "", InputError([self.fault("broken-line", number, reason="not an object")]), ""
                continue
            own = ID not in self.plan.program.names
            name = data.pop(ID, "") if own else ""
            yield number, str(name), data, line
