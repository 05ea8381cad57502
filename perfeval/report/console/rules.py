"""Rule files in a terminal: the shipped ones, and one in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from perfeval.engine.plan import Plan
from perfeval.engine.program.program import Program
from perfeval.engine.proofs.prover import Proof
from perfeval.methods.method import Method
from perfeval.numbers.rounding import near_text
from perfeval.numbers.rounding import plain as plain_number
from perfeval.report.console.screen import plain, show
from perfeval.report.formats.toml import Line
from perfeval.report.tables import NARROW
from perfeval.rulefile.groups import Branch
from perfeval.rulefile.scorecard import ROW, Facts, Override, Scorecard
from perfeval.text.messages import Language, Said, said, said_of, say


def show_rules(console: Console, cards: Iterable[Scorecard], lang: Language) -> None:
    """A table of rule files: id, title, basis."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    narrow = console.width < NARROW
    table.add_column("id", overflow="fold", no_wrap=not narrow, style="bold")
    table.add_column(said_of("head", "title").text(lang), overflow="fold")
    if not narrow:
        table.add_column(said_of("head", "basis").text(lang), overflow="fold", style="dim")
    for card in cards:
        cells = [plain(card.id), plain(card.title)]
        table.add_row(*cells, *([] if narrow else [plain(card.basis or say(lang, "no-basis"))]))
    show(console, table)


def show_summary(console: Console, plan: Plan, proof: Proof, examples: int | None, lang: Language) -> None:
    """Print a rule file in plain words."""
    card = plan.card
    show(console, plain(f"{card.id} · {card.title}", "bold"))
    for line in _lines(plan, proof, examples):
        text = line.text(lang)
        # Lines that belong to the one above begin with spaces; what wraps stays under its own beginning.
        indent = len(text) - len(text.lstrip())
        body = Table.grid()
        body.add_column(width=indent)
        body.add_column(overflow="fold")
        body.add_row("", plain(text.lstrip()))
        show(console, body)


def show_toml(console: Console, lines: Iterable[Line]) -> None:
    """A rule file as TOML: headers stand out, where each line comes from stays back, and no line is folded."""
    styled = (plain(one.text, "bold" if one.text.startswith("[") else "") + plain(one.comment, "dim") for one in lines)
    show(console, Text("\n").join(styled), whole_lines=True)


def show_facts(console: Console, facts: Facts, lang: Language) -> None:
    """Print that a facts file can be read, and the number of its rows."""
    file = facts.document.name if facts.document else str(facts.origin)
    show(console, plain(say(lang, "sum-facts", file=file, count=len(facts.actuals))), whole_lines=True)


def _lines(plan: Plan, proof: Proof, examples: int | None) -> Iterator[Said]:
    """Yield what a rule file says, then what was proved of it."""
    card, program = plan.card, plan.program
    yield from _head(card)
    yield said("sum-total", total=plain_number(card.total), count=len(program.rows))
    yield from _structure(card, program)
    for name, method in card.methods.items():
        called = name if method.title is None else said("method-titled", name=name, title=method.title)
        yield said("sum-method", name=called, kind=said_of("kind", method.scoring.kind))
        yield from _indented(method)
    yield from _assignments(card)
    yield from _rounding(card)
    edges = [(one.name, one.from_) for one in card.grades]
    if grades := tuple(
        said("sum-grade", name=name, edge=plain_number(edge)) for name, edge in edges if edge is not None
    ):
        yield said("sum-grades", grades=grades)
    for override in card.overrides:
        yield said("sum-override", when=_when(override), then=_then(override))
    yield from _proved(plan, proof)
    if examples:
        yield said("sum-examples", count=examples)


def _head(card: Scorecard) -> Iterator[Said]:
    yield said("sum-basis", basis=card.basis or said("no-basis"))
    if card.since is not None or card.until is not None:
        ends = [one.isoformat() if one else "…" for one in (card.since, card.until)]
        yield said("sum-dates", since=ends[0], until=ends[1])
    for used in card.documents[:-1]:
        yield said("sum-uses", id=used.id, basis=used.basis or said("no-basis"))


def _assignments(card: Scorecard) -> Iterator[Said]:
    if card.assign:
        yield said("sum-assign")
    for line in card.assign:
        conditions = tuple(
            said_of("if", word, value=value if word != "target" else said_of("target", value))
            for word, value in (("group", line.group), ("name", line.name), ("target", line.target))
            if value is not None
        )
        yield said("sum-assign-line", conditions=conditions or said_of("if", "any"), method=line.method)


def _proved(plan: Plan, proof: Proof) -> Iterator[Said]:
    if proof.rows:
        yield said("sum-proved", methods=proof.methods, rows=proof.rows)
    elif proof.methods:
        yield said("sum-proved-policy", methods=proof.methods)
    if proof.methods and (meant := tuple(_meant(plan))):
        yield said("sum-meant", methods=meant)
    if proof.open:
        yield said("sum-open", methods=proof.open)


def _meant(plan: Plan) -> Iterator[Said]:
    """Each method that breaks something on purpose, and what it breaks."""
    named = {one.origin for one in plan.card.methods.values()}
    own = {row.name: row.scoring for row in plan.program.rows if row.method_origin not in named}
    for name, method in (*plan.card.methods.items(), *own.items()):
        if method.limits.allow:
            yield said("method-of-kind", name=name, kind=method.limits.allow)


def _when(override: Override) -> Said:
    edge = override.edges.one
    if edge is None:
        return said("override-holds", when=override.when)
    return said("override-score", when=override.when, edge=f"{edge[0].sign} {edge[1]}")


def _then(override: Override) -> Said:
    if override.total is not None:
        return said("then-total", total=plain_number(override.total))
    if override.grade is not None:
        return said("then-grade", grade=override.grade)
    return said("then-best", grade=override.best_grade or "")


def _structure(card: Scorecard, program: Program) -> Iterator[Said]:
    if program.branches:
        for branch in program.branches:
            indent = "  " * (branch.path.count("/") + 1)
            weight, count = near_text(branch.weight), len(branch.rows)
            yield said("sum-group", indent=indent, name=branch.name, weight=weight, count=count, way=_way(branch))
        return
    for path, group in card.structure.items():
        weight = "" if group.weight is None else str(group.weight)
        yield said("sum-group-alone", indent="  " * (path.count("/") + 1), name=path, weight=weight)


def _way(branch: Branch) -> Said | str:
    """Return how the members of a group become its score, if that is not their sum."""
    adding = branch.adding
    cap = "" if adding.cap is None else said("way-cap", cap=near_text(adding.cap))
    if adding.way == "sum":
        return cap
    return said_of("adding", adding.way, count=adding.count, plus=near_text(adding.plus), cap=cap)


def _indented(method: Method) -> Iterator[Said]:
    for line in method.describe():
        yield said("sum-detail", line=line)
    if method.basis is not None:
        yield said("sum-detail", line=said("sum-basis", basis=method.basis))
    if method.note is not None:
        yield said("sum-detail", line=method.note)


def _rounding(card: Scorecard) -> Iterator[Said]:
    """Yield what is rounded, and to what; also the defaults of row and total, because they decide points."""
    rounding = card.rounding
    parts: list[str | Said] = []
    for word, precision in (
        ("rate", rounding.rate),
        ("row", rounding.row or ROW),
        ("total", rounding.total),
        ("grade", rounding.grade),
    ):
        what = said_of("rounding", word)
        if precision is None:
            if word == "total":
                parts.append(said("rounding-sum"))
        elif precision.to is None:
            parts.append(said("rounding-none", what=what))
        else:
            mode = said_of("mode", precision.mode or rounding.mode)
            parts.append(said("rounding-to", what=what, to=str(precision), mode=mode))
    yield said("sum-rounding", parts=tuple(parts))
