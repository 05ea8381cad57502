"""Other engines on the same form, each as its own documentation has it: one expression a row, rounded where it can."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from importlib import import_module
from importlib.metadata import version
from types import SimpleNamespace
from typing import Any, Final

from attrs import frozen
from hand import floats
from workload import EFFECTS, EXECUTION, GRADES, QUANTITIES, RATES, TIERS, flat

#: Facts of one form to its total in points (the scores of the rows are worked out on the way).
Scoring = Callable[[Any], Any]


@frozen(kw_only=True)
class Peer:
    """An engine: what it is called, how it is given the facts, and how it scores them: one by one, or all at once."""

    name: str
    version: str
    score: Scoring
    facts: Callable[[Any], Any] = floats
    columns: bool = False
    #: So many times slower than the others that it gets so many times fewer forms.
    slow: int = 1


NUMBERS: Final = [
    ("executed", "budget", EXECUTION),
    *((f"q{i}", str(target), weight) for i, (target, weight) in enumerate(QUANTITIES)),
    *((f"r{i}", str(target), weight) for i, (target, weight) in enumerate(RATES)),
]
WORDS: Final = [(f"e{i}", weight) for i, weight in enumerate(EFFECTS)]


def _decimals(form: Mapping[str, Any]) -> dict[str, Any]:
    return flat(dict(form))


def zen_expressions() -> Peer:
    zen = import_module("zen")
    rows = [f"round(min([{a} / {t}, 1]) * {w}, 2)" for a, t, w in NUMBERS]
    rows += [f"round(({_if_words(key, ' ? ', ' : ')}) * {w}, 2)" for key, w in WORDS]
    compiled = [zen.compile_expression(row) for row in rows]

    def score(facts: Any) -> Any:
        return sum(Decimal(str(one.evaluate(facts))) for one in compiled)

    return Peer(name="zen-engine, expressions", version=version("zen-engine"), score=score)


def zen_graph() -> Peer:
    zen = import_module("zen")
    rows = {a: f"round(min([{a} / {t}, 1]) * {w}, 2)" for a, t, w in NUMBERS}
    rows |= {key: f"round(({_if_words(key, ' ? ', ' : ')}) * {w}, 2)" for key, w in WORDS}
    expressions = [{"id": f"x{key}", "key": f"s_{key}", "value": row} for key, row in rows.items()]
    names = ", ".join(f"$.s_{key}" for key in rows)
    expressions.append({"id": "total", "key": "total", "value": f"sum([{names}])"})
    content = {
        "nodes": [
            {"id": "in", "type": "inputNode", "name": "in"},
            {"id": "ex", "type": "expressionNode", "name": "ex", "content": {"expressions": expressions}},
            {"id": "out", "type": "outputNode", "name": "out"},
        ],
        "edges": [
            {"id": "a", "sourceId": "in", "targetId": "ex", "type": "edge"},
            {"id": "b", "sourceId": "ex", "targetId": "out", "type": "edge"},
        ],
    }
    engine = zen.ZenEngine({"loader": {"type": "static", "content": {"form": content}}})

    def score(facts: Any) -> Any:
        return engine.evaluate("form", facts)["result"]["total"]

    return Peer(name="zen-engine, static graph", version=version("zen-engine"), score=score)


def _if_words(key: str, then: str, other: str) -> str:
    parts = [f"{key} == '{name}'{then}{float(share)}{other}" for name, share in TIERS.items()]
    return "".join(parts) + "0"


def datalogic() -> Peer:
    module = import_module("datalogic_py")

    def rounded(value: Any) -> Any:
        return {"/": [{"floor": {"+": [{"*": [value, 100]}, 0.5]}}, 100]}

    rows: list[Any] = []
    for a, t, w in NUMBERS:
        target: Any = {"var": t} if t == "budget" else float(t)
        rows.append(rounded({"*": [{"min": [{"/": [{"var": a}, target]}, 1]}, w]}))
    for key, w in WORDS:
        tiers: list[Any] = []
        for name, share in TIERS.items():
            tiers += [{"==": [{"var": key}, name]}, float(share)]
        rows.append(rounded({"*": [{"if": [*tiers, 0]}, w]}))
    rule = module.Engine().compile({"+": rows})
    return Peer(name="datalogic-py", version=version("datalogic-py"), score=rule.evaluate)


def rule_engine() -> Peer:
    module = import_module("rule_engine")
    rows = [f"({a} / {t} >= 1 ? {w} : {a} * {w} / {t})" for a, t, w in NUMBERS]
    rows += [f"({key} == '达成' ? {w} : ({key} == '部分达成' ? {w} * 0.75 : {w} * 0.3))" for key, w in WORDS]
    rules = [module.Rule(f"({row} * 100 + 0.5).floor / 100") for row in rows]

    def score(facts: Any) -> Any:
        return sum(one.evaluate(facts) for one in rules)

    return Peer(name="rule-engine", version=version("rule-engine"), score=score, facts=_decimals, slow=10)


def business_rules() -> Peer:
    variables, actions, engine, fields = (
        import_module(f"business_rules.{name}") for name in ("variables", "actions", "engine", "fields")
    )

    def variable(key: str, kind: str) -> Any:
        def value(self: Any) -> Any:
            return self.facts[key]

        value.__name__ = key
        return getattr(variables, f"{kind}_rule_variable")(value)

    def share(self: Any) -> Any:
        return self.facts["executed"] / self.facts["budget"]

    names = {a: variable(a, "numeric") for a, t, _ in NUMBERS if t != "budget"}
    names |= {key: variable(key, "string") for key, _ in WORDS}
    names |= {"share": variables.numeric_rule_variable(share)}
    names |= {"__init__": lambda self, facts: setattr(self, "facts", facts)}
    holder = type("Facts", (variables.BaseVariables,), names)

    def begin(self: Any, facts: Any) -> None:
        self.facts, self.total = facts, Decimal(0)

    def earn(self: Any, points: Any) -> None:
        self.total += Decimal(points).quantize(Decimal("0.01"), "ROUND_HALF_UP")

    def part(self: Any, key: str, target: Any, weight: Any) -> None:
        actual = self.facts["executed"] / self.facts["budget"] if key == "share" else self.facts[key]
        self.total += (actual * Decimal(weight) / Decimal(target)).quantize(Decimal("0.01"), "ROUND_HALF_UP")

    earn_ = actions.rule_action(params={"points": fields.FIELD_TEXT})(earn)
    part_ = actions.rule_action(params=dict.fromkeys(("key", "target", "weight"), fields.FIELD_TEXT))(part)
    doer = type("Doer", (actions.BaseActions,), {"__init__": begin, "earn": earn_, "part": part_})
    rules: list[Any] = []
    for a, t, w in NUMBERS:
        key, target = ("share", "1") if t == "budget" else (a, t)
        at = {"name": key, "operator": "greater_than_or_equal_to", "value": float(target)}
        below = {"name": key, "operator": "less_than", "value": float(target)}
        rules.append({"conditions": {"all": [at]}, "actions": [{"name": "earn", "params": {"points": str(w)}}]})
        args = {"key": key, "target": target, "weight": str(w)}
        rules.append({"conditions": {"all": [below]}, "actions": [{"name": "part", "params": args}]})
    for key, w in WORDS:
        for name, tier in TIERS.items():
            points = str(Decimal(w) * tier.numerator / tier.denominator)
            when = {"name": key, "operator": "equal_to", "value": name}
            rules.append({"conditions": {"all": [when]}, "actions": [{"name": "earn", "params": {"points": points}}]})

    def score(facts: Any) -> Any:
        done = doer(facts)
        engine.run_all(rules, holder(facts), done)
        return done.total

    return Peer(name="business-rules", version=version("business-rules"), score=score, facts=_decimals, slow=10)


def simpleeval() -> Peer:
    module = import_module("simpleeval")
    rows = [f"round2({a} * {w} / {t} if {a} < {t} else {w})" for a, t, w in NUMBERS]
    rows += [f"round2(tiers[{key}] * {w})" for key, w in WORDS]
    shares = {name: Decimal(share.numerator) / share.denominator for name, share in TIERS.items()}
    functions = {"round2": lambda value: Decimal(value).quantize(Decimal("0.01"), "ROUND_HALF_UP")}
    evaluator = module.EvalWithCompoundTypes(functions=functions)
    parsed = [evaluator.parse(row) for row in rows]

    def score(facts: Any) -> Any:
        evaluator.names = facts | {"tiers": shares}
        return sum(evaluator.eval("", previously_parsed=one) for one in parsed)

    return Peer(name="simpleeval", version=version("simpleeval"), score=score, facts=_decimals, slow=5)


def cel() -> Peer:
    module = import_module("cel_expr_python.cel")
    kinds = {a: module.Type.DOUBLE for a, _, _ in NUMBERS} | {key: module.Type.STRING for key, _ in WORDS}
    env = module.NewEnv(variables={**kinds, "budget": module.Type.DOUBLE})
    rows = [
        f"double(int(({a} / {t if t == 'budget' else float(t)} >= 1.0 ? {float(w)} : "
        f"{a} / {t if t == 'budget' else float(t)} * {float(w)}) * 100.0 + 0.5)) / 100.0"
        for a, t, w in NUMBERS
    ]
    rows += [f"double(int(({_if_words(key, ' ? ', ' : ')}.0) * {float(w)} * 100.0 + 0.5)) / 100.0" for key, w in WORDS]
    compiled = [env.compile(row) for row in rows]

    def score(facts: Any) -> Any:
        active = env.Activation(facts)
        return sum(one.eval(active).value() for one in compiled)

    return Peer(name="cel-expr-python", version=version("cel-expr-python"), score=score)


def spiff() -> Peer:
    engine, model, scripts = (
        import_module(f"SpiffWorkflow.{name}")
        for name in ("dmn.engine.DMNEngine", "dmn.specs.model", "bpmn.script_engine")
    )
    script = scripts.PythonScriptEngine()
    tables = []
    for place, (key, weight, cases) in enumerate(_dmn_rows()):
        table = model.DecisionTable(f"t{place}", f"t{place}", "UNIQUE")
        column, output = model.Input("in", "in", "in", key, "number"), model.Output("out", "out", "score", "number")
        table.inputs.append(column)
        table.outputs.append(output)
        for number, (when, then) in enumerate(cases):
            rule = model.Rule(f"r{number}")
            entry = model.InputEntry(f"i{number}", column)
            entry.lhs.append(when)
            made = model.OutputEntry(f"o{number}", output)
            made.text, made.parsedRef = then.format(w=weight), then.format(w=weight)
            rule.inputEntries.append(entry)
            rule.outputEntries.append(made)
            table.rules.append(rule)
        tables.append(engine.DMNEngine(table))
    cent = Decimal("0.01")

    def score(facts: Any) -> Any:
        task = SimpleNamespace(data=dict(facts), workflow=SimpleNamespace(script_engine=script))
        task.data["D"] = Decimal
        found = (Decimal(one.result(task)["score"]) for one in tables)
        return sum(value.quantize(cent, "ROUND_HALF_UP") for value in found)

    return Peer(name="SpiffWorkflow DMN", version=version("SpiffWorkflow"), score=score, facts=_decimals, slow=50)


def _dmn_rows() -> list[tuple[str, int, list[tuple[str, str]]]]:
    rows: list[tuple[str, int, list[tuple[str, str]]]] = []
    for a, t, w in NUMBERS:
        share = f"{a} * {w} / {t}"
        rows.append((a, w, [(f"? >= {t}", "{w}"), (f"? < {t}", share)]))
    for key, w in WORDS:
        shares = {name: f"D('{float(share)}') * {w}" for name, share in TIERS.items()}
        rows.append((key, w, [(f"? == '{name}'", then) for name, then in shares.items()]))
    return rows


def polars() -> Peer:
    pl = import_module("polars")

    def half_up(above: Any, below: Any) -> Any:
        # floor(above / below + 1/2), in whole numbers
        return (2 * above + below) // (2 * below)

    rows = []
    for a, t, w in NUMBERS:
        target = pl.col("budget") if t == "budget" else pl.lit(int(t) * 100)
        rows.append(pl.when(pl.col(a) >= target).then(w * 100).otherwise(half_up(pl.col(a) * w * 100, target)))
    for key, w in WORDS:
        rows.append(pl.col(key).replace_strict({name: int(share * w * 100) for name, share in TIERS.items()}))
    total = sum(rows[1:], rows[0])
    grade = pl.when(total >= 9000).then(pl.lit("优"))
    for name, at in GRADES[1:]:
        grade = grade.when(total >= at * 100).then(pl.lit(name))

    def score(frame: Any) -> Any:
        found = frame.select(*(row.alias(f"s{i}") for i, row in enumerate(rows)), total=total, grade=grade)
        return found["total"].to_list()

    return Peer(
        name="polars, Int64 columns",
        version=version("polars"),
        score=score,
        facts=lambda forms: pl.DataFrame(_hundredths(forms)),
        columns=True,
    )


def duckdb() -> Peer:
    module = import_module("duckdb")
    connection = module.connect()
    rows = []
    for a, t, w in NUMBERS:
        target = "budget" if t == "budget" else str(int(t) * 100)
        rows.append(
            f"CASE WHEN {a} >= {target} THEN {w * 100} ELSE (2 * {a} * {w * 100} + {target}) // (2 * {target}) END"
        )
    for key, w in WORDS:
        cases = " ".join(f"WHEN '{name}' THEN {int(share * w * 100)}" for name, share in TIERS.items())
        rows.append(f"CASE {key} {cases} END")
    names = ", ".join(f"{row} AS s{i}" for i, row in enumerate(rows))
    total = " + ".join(f"s{i}" for i in range(len(rows)))
    cases = " ".join(f"WHEN total >= {at * 100} THEN '{name}'" for name, at in GRADES)
    query = f"SELECT *, CASE {cases} END AS grade FROM (SELECT *, {total} AS total FROM (SELECT {names} FROM frame))"

    def load(forms: Any) -> None:
        columns = _hundredths(forms)
        kinds = ", ".join(f"{key} {'BIGINT' if key[0] != 'e' or key == 'executed' else 'VARCHAR'}" for key in columns)
        connection.execute(f"CREATE OR REPLACE TABLE frame ({kinds})")
        marks = ", ".join("?" * len(columns))
        connection.executemany(f"INSERT INTO frame VALUES ({marks})", list(zip(*columns.values(), strict=True)))

    def score(frame: Any) -> Any:  # noqa: ARG001  # the table is in the database already
        return [row[0] for row in connection.execute(f"SELECT total FROM ({query})").fetchall()]

    return Peer(
        name="DuckDB, BIGINT columns",
        version=version("duckdb"),
        score=score,
        facts=load,
        columns=True,
    )


def _hundredths(forms: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    rows = [flat(dict(form)) for form in forms]
    return {
        key: [int(row[key] * 100) if isinstance(row[key], Decimal) else row[key] for row in rows] for key in rows[0]
    }


PEERS: Final = (
    *(zen_expressions, zen_graph, datalogic, rule_engine, business_rules, simpleeval),
    *(cel, spiff, polars, duckdb),
)


def installed() -> tuple[list[Peer], list[tuple[str, str]]]:
    """The peers that are there, and why the others are not."""
    found: list[Peer] = []
    missing: list[tuple[str, str]] = []
    for make in PEERS:
        try:
            found.append(make())
        except ImportError as error:
            missing.append((make.__name__, str(error)))
    return found, missing
