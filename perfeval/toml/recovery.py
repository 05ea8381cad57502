"""Finding all syntax errors of a TOML text, not only the first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from attrs import evolve, field, mutable

from perfeval.numbers.rounding import DIGITS
from perfeval.problems import KeyPath, Origin, Problem, path_text, problem
from perfeval.text.messages import Said, Value, said
from perfeval.toml.diagnosis import Single, Slip, single, slip
from perfeval.toml.edits import Edit, Patched, Statement
from perfeval.toml.parser import DEPTH, Refusal, accepts, attempt, reads, refusal, unusable
from perfeval.toml.positions import Entry, Lines, Span, scan
from perfeval.toml.repair import statements

#: After so many faults that nothing mends, and after so many keys written twice, the rest is left for the next time.
ROUNDS: Final = 50

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}")


def faults(lines: Lines) -> Iterable[Problem]:
    """Return the problems of *lines*, whose text is no TOML or holds what is *unusable*."""
    data = attempt(lines.text)
    found = list(unusable(data)) if isinstance(data, dict) else []
    return shaped(found, Patched(lines.text, []), lines, {}) if found else Recovery(lines).run()


def shaped(
    found: list[tuple[str, KeyPath]], patched: Patched, lines: Lines, renamed: dict[str, str]
) -> Iterator[Problem]:
    """Return what is *unusable* as problems, with their places in the original text."""
    layout = scan(patched.text)
    for name, path in found:
        span = layout.values.get(path) or layout.keys[path]
        written = patched.text[slice(*span)]
        origin = Origin(lines.name, tuple(renamed.get(step, step) if isinstance(step, str) else step for step in path))
        if re.fullmatch("[+-]?(?:nan|inf)", written):
            one = problem("number-not-finite", origin, value=written)
        else:
            one = problem(name, origin, limit=DEPTH if name == "too-deep" else DIGITS)
        yield evolve(one, place=lines.place(*patched.span(span)))


@mutable
class Recovery:
    """All faults of a text that the parser refuses: each statement is mended, or set aside, and the next one read."""

    lines: Lines
    problems: list[Problem] = field(factory=list)
    edits: list[Edit] = field(factory=list)
    #: A stand-in for a key that cannot stay → the key it stands for.
    renamed: dict[str, str] = field(factory=dict)
    unmended: int = 0
    lost_header: bool = False

    def run(self) -> list[Problem]:
        broken_off = False
        text = self.lines.text
        for statement in statements(text, accepts):
            piece = text[statement.start : statement.end]
            broken_off = broken_off and not statement.header
            if statement.header and (header := single(piece)) is not None:
                self.double(statement, header)
                continue
            if refusal(piece) is None:
                continue
            if broken_off and piece.lstrip()[:1] in {"]", "}"}:
                # It closes what an earlier statement left open, and was reported there.
                self.set_aside(statement)
            elif not self.statement(statement):
                broken_off = broken_off or statement.unclosed is not None
                # Behind a wrong triple quote nothing is what it seems.
                if statement.triple or self.unmended >= ROUNDS:
                    rest = Edit(start=statement.start, end=len(text), text="")
                    self.edits = [edit for edit in self.edits if edit.end <= statement.start] + [rest]
                    break
        self.whole()
        return self.problems

    def double(self, statement: Statement, header: Single) -> None:
        """Write the *header* of a list in double brackets, so that its items are not one table written again."""
        start, end = (statement.start + at for at in header.whole)
        edit = Edit(start=start, end=end, text=f"[[{header.key}]]")
        self.edits.append(edit)
        mended = Patched(self.lines.text, [edit], statement.start, statement.end).text.strip()
        span = statement.start + header.name[0], statement.start + header.name[1]
        self.add("table-not-array", span, {"key": header.key}, (header.key,), mended)

    def statement(self, statement: Statement) -> bool:
        """Mend *statement*; whether the parser takes it then. If not it is set aside."""
        edits = list(statement.edits)
        patched = Patched(self.lines.text, edits, statement.start, statement.end)
        refused = refusal(patched.text)
        while refused and refused.duplicate and len(self.renamed) < ROUNDS:
            changed = self.rename(patched, refused.position, edits)
            if changed is None:
                break
            edits = changed
            patched = Patched(self.lines.text, edits, statement.start, statement.end)
            refused = refusal(patched.text)
        if refused is None:
            self.report(statement.edits, statement)
            self.edits += edits
            return True
        piece = self.lines.text[statement.start : statement.end]
        wordy = not refused.deep and not refused.duplicate and not statement.triple
        if wordy and (found := slip(piece, accepts, reads)) is not None:
            self.slipped(statement, found)
            return False
        at, reason = patched.back(refused.position), refused.reason
        # At the very end the parser says only that more was due: the bracket or quote that wants it is the place.
        if statement.unclosed is not None and refused.position >= len(patched.text.rstrip()):
            at = statement.unclosed
            char = self.lines.text[at]
            reason = said("toml-string" if char in "\"'" else "toml-table" if char in "{｛" else "toml-unclosed")
            self.report(statement.edits, statement)
        else:
            self.report([edit for edit in statement.edits if edit.end <= at], statement)
        if refused.deep and statement.deep is not None:
            self.add("too-deep", (statement.deep, statement.deep + 1), {"limit": DEPTH})
        elif not refused.duplicate:
            self.unmended += 1
            if _DAY.match(self.lines.text, max(0, at - 4)):
                at, reason = max(0, at - 4), said("toml-date")  # read as a number, whose first part is a year
            self.add("toml-syntax", (at, at + 1), {"reason": reason})
        self.set_aside(statement)
        return False

    def slipped(self, statement: Statement, found: Slip) -> None:
        """Report a slip of *statement* and what is to be mended on other lines before it, and set it aside."""
        at = statement.start + found.at
        line = self.lines.number(at)
        self.report([edit for edit in statement.edits if self.lines.number(edit.end) < line], statement)
        self.unmended += 1
        advice = None if found.mended is None else said("write-line", mended=found.mended)
        self.add("toml-syntax", (at, at + 1), {"reason": said(found.reason)}, mended=found.mended, advice=advice)
        self.set_aside(statement)

    def add(
        self,
        name: str,
        span: Span,
        args: dict[str, Value],
        path: KeyPath = (),
        mended: str | None = None,
        *,
        advice: Said | None = None,
    ) -> None:
        origin, place = Origin(self.lines.name, path), self.lines.place(*span)
        self.problems.append(Problem(name=name, origin=origin, args=args, advice=advice, mended=mended, place=place))

    def report(self, edits: list[Edit], statement: Statement) -> None:
        """One problem for each name on each line, with the whole line as it should read."""
        groups: dict[tuple[int, str], list[Edit]] = {}
        for edit in sorted(edits, key=lambda edit: edit.start):
            groups.setdefault((self.lines.number(edit.start), edit.name), []).append(edit)
        mended = Patched(self.lines.text, edits, statement.start, statement.end).text.split("\n")
        first = self.lines.number(statement.start)
        for (line, name), group in groups.items():
            span = group[0].start, group[0].start + group[0].width
            if not group[0].mends:
                self.add(name, span, {"limit": DIGITS})
                continue
            found = tuple(dict.fromkeys(text for edit in group for text in edit.found))
            text = mended[line - first].strip()
            points = all(edit.points for edit in group)
            advice = said("points-alone", mended=text) if points else None
            args: dict[str, Value] = {"found": found[0] if len(found) == 1 else found, "mended": text}
            self.add(name, span, args, mended=text, advice=advice)

    def rename(self, patched: Patched, position: int, edits: list[Edit]) -> list[Edit] | None:
        """Report the key that the parser met a second time just before *position*; *edits* with a stand-in for it."""
        entry = next((one for one in entries(patched.text) if one.end == position), None)
        if entry is None:  # what follows is no TOML: the place where the parser stopped must do
            at = patched.back(position)
            self.add("duplicate-key", (at - 1, at), {"key": self.lines.source(self.lines.number(at)).strip()})
            return None
        path = tuple(self.renamed.get(step, step) if isinstance(step, str) else step for step in entry.path)
        while isinstance(path[-1], int):
            path = path[:-1]
        # Under a lost header, keys meet that were not meant to.
        if not self.lost_header:
            self.add("duplicate-key", patched.span(entry.key), {"key": path_text(path)}, path=path)
        start, end = patched.span(entry.whole)
        text = self.stand_in(str(path[-1]))
        rest = [edit for edit in edits if edit.end <= start or edit.start >= end]
        return [*rest, Edit(start=start, end=end, text=text)]

    def stand_in(self, key: str) -> str:
        """A key that no file has, written as TOML, to stand for *key*."""
        name = f"\0{len(self.renamed)}"
        self.renamed[name] = key
        return f'"\\u0000{name[1:]}"'

    def set_aside(self, statement: Statement) -> None:
        """Leave *statement* out; what stands under a lost header goes under a stand-in."""
        text = "\n" * self.lines.text.count("\n", statement.start, statement.end)
        if statement.header:
            self.lost_header = True
            text = f"[{self.stand_in('?')}]" + text
        self.edits.append(Edit(start=statement.start, end=statement.end, text=text))

    def whole(self) -> None:
        """The faults that only the statements together show: keys written twice; and numbers, and depth."""
        patched = Patched(self.lines.text, self.edits)
        data = attempt(patched.text)
        while isinstance(data, Refusal) and data.duplicate and len(self.renamed) < ROUNDS:
            changed = self.rename(patched, data.position, self.edits)
            if changed is None:
                break
            self.edits = changed
            patched = Patched(self.lines.text, self.edits)
            data = attempt(patched.text)
        if isinstance(data, dict):
            self.problems += shaped(list(unusable(data)), patched, self.lines, self.renamed)
        if not self.problems:
            refused = data if isinstance(data, Refusal) else attempt(self.lines.text)
            assert isinstance(refused, Refusal), "there was something to recover from"
            self.add("toml-syntax", (refused.position, refused.position + 1), {"reason": refused.reason})


def entries(text: str) -> list[Entry]:
    """The keys of *text* in their order; none where it cannot be read to its end."""
    try:
        return scan(text).entries
    except (IndexError, ValueError, OverflowError):
        return []
