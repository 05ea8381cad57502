"""Each check speaks where it must and is silent near it; rule files tune it; every format says the same; batches."""

from __future__ import annotations

import csv
import io
import itertools
import json
import pickle
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

import pytest
import tomli_w
from attrs import frozen
from forms import UNREPORTED, dotted, form, form_of, tree
from rich.cells import cell_len

import perfeval
from perfeval import cli
from perfeval.engine.plan import Plan
from perfeval.engine.results.evaluation import Finding
from perfeval.forms.audit.audit import Audit
from perfeval.forms.audit.checks.register import CHECKS
from perfeval.forms.form import Form
from perfeval.report.formats import csv as writer
from perfeval.text.messages import FINDINGS
from perfeval.version import VERSION

ROOT: Final = Path(__file__).parents[2]
YIYANG: Final = "examples/yiyang-2021/form.toml"
POLICY: Final = "cn/project-self-evaluation"


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def named(found: Audit, check: str) -> list[Finding]:
    return [one for one in found.findings if one.name == check]


@frozen
class Case:
    """A form on which *check* speaks (once, unless *count* says otherwise), and one near it on which it is silent."""

    check: str
    speaks: dict[str, Any]
    severity: str
    reported: str | None
    computed: str | None
    cells: str
    silent: dict[str, Any]
    rows: str = ""
    count: int = 1


def case(*values: Any, **more: Any) -> Case:
    """A case, its values told in groups."""
    return Case(*values, **more)


def _groups(word: str) -> dict[str, Any]:
    levels = ("数量", "质量", "时效", "成本")
    return {f"indicators.{index}.group": f"{word}/{level}指标" for index, level in enumerate(levels)}


def _spent(executed: str, other: str, rate: str, score: str, total: str) -> dict[str, Any]:
    return {
        **UNREPORTED,
        "funds.0.executed": executed,
        "funds.2.executed": other,
        "funds.1.executed": "70",
        "funds.0.rate": rate,
        "funds.0.score": score,
        "reported.total": total,
    }


ROW: Final = "score target actual"
#: A row that says in no word which side of its target is better.
OPEN: Final = {
    "indicators.0.group": "产出指标（50分）/其他指标",
    "indicators.0.name": "规模",
    "indicators.0.actual": "150人",
}

CASES: Final = [
    # On paper alone.
    case(
        *("total-mismatch", {"reported.total": "97.5", "report": None}, "error", "97.5", "96.5", "reported.total"),
        {"reported.total": "96.50"},
    ),
    case(
        *("weights-mismatch", {"reported.weight_total": "110"}, "error", "110", "100", "reported.weight_total"),
        {"reported.weight_total": "100.0分"},
    ),
    case(
        *("weights-mismatch", _groups("产出指标（60分）"), "error", "60", "50"),
        "indicators.0.group indicators.0.weight indicators.1.weight indicators.2.weight indicators.3.weight",
        _groups("产出指标(50 分)"),
        rows="培训人次 考核合格率 完成时间 培训成本",
    ),
    case(
        *("weights-mismatch", {"reported.weight_total": None, "indicators.0.weight": "25", **_groups("产出指标")}),
        *("warning", "105", "100"),
        "funds.0.weight " + " ".join(f"indicators.{index}.weight" for index in range(6)),
        {"reported.weight_total": None},
    ),
    case(
        *("rate-mismatch", {"funds.0.rate": "96%"}, "error", "96%", "95%"),
        "funds.0.rate funds.0.executed funds.0.annual_budget",
        {"funds.0.rate": "95.00%"},
    ),
    case(
        # 95.5% is 96%, and only dropping the decimals gives 95%.
        *("rate-mismatch", _spent("95.5", "25.5", "95%", "9.55", "96.55"), "warning", "95%", "96%"),
        "funds.0.rate funds.0.executed funds.0.annual_budget",
        _spent("95.5", "25.5", "96%", "9.55", "96.55"),
    ),
    case(
        *("rate-mismatch", {"funds.0.rate": "0.8"}, "error", "0.8", "95%"),
        "funds.0.rate funds.0.executed funds.0.annual_budget",
        # 0.9 is 94% to tenths.
        _spent("94", "24", "0.9", "9.4", "96.4"),
    ),
    case(
        *("execution-score-mismatch", {"funds.0.score": "9.3", "reported.total": "96.3", "report": None}),
        *("error", "9.3", "9.5", "funds.0.score funds.0.rate"),
        {"funds.0.score": "9", "reported.total": "96", "report": None},
        rows="预算执行率",
    ),
    case(
        *("execution-score-mismatch", _spent("94.567", "24.567", "94.57%", "9.46", "96.46")),
        *("error", "9.46", "14.19", "funds.0.score funds.0.rate"),
        # 15 × 94.57% is 14.1855, with all of its decimals.
        _spent("94.567", "24.567", "94.57%", "14.1855", "101.1855"),
        rows="预算执行率",
    ),
    case(
        *("execution-score-mismatch", _spent("94.6", "24.6", "95%", "14.24", "101.24")),
        *("error", "14.24", "14.19", "funds.0.score funds.0.rate"),
        # 15 × the printed 95%; the 94.6% behind it give it under no rounding.
        _spent("94.6", "24.6", "95%", "14.25", "101.25"),
        rows="预算执行率",
    ),
    case(
        *("funds-mismatch", {"funds.2.executed": "16"}, "error", "95", "96万元"),
        "funds.0.executed funds.1.executed funds.2.executed",
        {"funds.2.executed": "15.0"},
    ),
    case(
        *("funds-mismatch", {"funds.1.year_start_budget": "70"}, "error", "100", "90万元"),
        "funds.0.year_start_budget funds.1.year_start_budget funds.2.year_start_budget",
        {"funds.1.year_start_budget": "", "funds.2.year_start_budget": "—"},
    ),
    case(
        # Several parts are all of it, be there a line for all else or not.
        *("funds-mismatch", {"funds.2.name": "上级补助", "funds.2.executed": "16"}, "error", "95", "96万元"),
        "funds.0.executed funds.1.executed funds.2.executed",
        {"funds.2.name": "其中：上级补助", "funds.0.executed": "80", "funds.0.year_start_budget": "80"}
        | {"funds.0.annual_budget": "80"},
    ),
    case(
        # A single 其中 may be some of it.
        "funds-mismatch",
        {"funds.2.name": "其中：上级补助", "funds.0.year_start_budget": "80", "funds.0.annual_budget": "80"},
        *("warning", "95", "80万元"),
        "funds.0.executed funds.1.executed",
        {"funds.2.name": "上级补助"},
    ),
    case(
        *("goal-overclaimed", {"goals.0.actual": "已完成培训，水平不断提升"}, "info", "已完成培训，水平不断提升", None),
        "goals.0.actual",
        {"goals.0.actual": "完成不够理想"},
        rows="预算执行率 教师水平",
    ),
    case(
        *("breakdown-mismatch", {"spending.1.amount": "36万元", "spending_total": None}, "error", "95", "96万元"),
        "funds.0.executed spending.0.amount spending.1.amount",
        {"spending.1.amount": "350000元", "spending.0.amount": "60"},
    ),
    case(
        *("breakdown-mismatch", {"spending_total": "94万元"}, "error", "94万元", "95万元"),
        "spending_total spending.0.amount spending.1.amount",
        {"spending_total": "950000元"},
    ),
    case(
        *("grade-mismatch", {"reported.grade": "良", "report.grade": "良"}, "error", "良", "优"),
        "reported.grade reported.total",
        {"reported.grade": "优秀等级"},
    ),
    case(
        # Without a total it is held against the rows.
        *("grade-mismatch", {"reported.total": "", "reported.grade": "良", "report": None}, "error", "良", "优"),
        "reported.grade reported.total",
        {"reported.total": "", "reported.grade": "良", "report": None, "indicators.0.score": ""},
    ),
    case(
        # A word of another scale is a look.
        *("grade-mismatch", {"reported.grade": "合格", "report": None}, "warning", "合格", "优"),
        "reported.grade reported.total",
        {"reported.grade": "优（90分以上）"},
    ),
    case(
        *("report-mismatch", {"report.total": "95分"}, "error", "95分", "96.5", "report.total reported.total"),
        {"report.total": "96.50分"},
    ),
    case(
        *("report-mismatch", {"report.grade": "良好"}, "error", "良好", "优", "report.grade reported.grade"),
        {"report.grade": "优秀"},
    ),
    case(
        *(
            "report-mismatch",
            {"report.executed": "96万元"},
            "error",
            "96万元",
            "95",
            "report.executed funds.0.executed",
        ),
        {"report.executed": "950000元"},
    ),
    case(
        *("score-above-weight", {"indicators.4.score": "31", "reported.total": "100.5", "report": None}),
        *("error", "31", "30", "indicators.4.score indicators.4.weight"),
        {"indicators.4.score": "31", "indicators.4.bonus": "1", "reported.total": "100.5", "report": None},
        rows="教师水平",
    ),
    case(
        *("score-above-weight", {"indicators.4.score": "33", "indicators.4.target": "提升，一项加1分，最多加2分"}),
        *("error", "33", "32", "indicators.4.score indicators.4.weight"),
        {"indicators.4.score": "32", "indicators.4.target": "提升，一项加1分，最多加2分"},
        rows="教师水平",
    ),
    case(
        *("extra-values", {"funds.0.extra": ["95"]}, "warning", "7", "6", "funds.0.name funds.0.extra.0"),
        {"funds.0.extra": []},
    ),
    case(
        *("unfilled", {"indicators.0.score": "", "reported.total": "76.5", "report": None}),
        *("warning", None, None, "indicators.0.score"),
        {"indicators.0.score": "0", "reported.total": "76.5", "report": None},
        rows="培训人次",
    ),
    case(
        # Some points, or none, on a blank cell.
        *("unfilled", {"indicators.0.score": "0", "indicators.0.actual": ""}),
        *("warning", None, None, "indicators.0.actual"),
        {"indicators.0.score": "0", "indicators.0.actual": "0人次"},
        rows="培训人次",
    ),
    case(
        *("unfilled", {"indicators": []}, "warning", None, None, ""),
        {"indicators": [], "complete": False},
    ),
    case(
        *("duplicate-indicator", {"indicators.1.name": "培训 人次", "indicators.1.group": "产出指标（50分）/数量指标"}),
        *("warning", None, None, "indicators.0.name indicators.1.name"),
        {"indicators.1.name": "培训人次"},
        rows="培训人次 培训_人次",
    ),
    case(
        *("subrow-scored", {"funds.1.score": "8"}, "warning", None, None, "funds.1.score"),
        {"funds.1.score": "—"},
    ),
    # Against the rules.
    case(
        # 90 ÷ 95 × 10 = 9.4736…
        *("score-mismatch", {"indicators.1.actual": "90%", "indicators.1.score": "9.6"}),
        *("error", "9.6", "9.47", " ".join(f"indicators.1.{key}" for key in ROW.split())),
        {"indicators.1.actual": "90%", "indicators.1.score": "9.5"},
        rows="考核合格率",
    ),
    case(
        # An overspent cost: 20 ÷ 25 × 10.
        *("score-mismatch", {"indicators.3.actual": "25万元"}),
        *("error", "10", "8", " ".join(f"indicators.3.{key}" for key in ROW.split())),
        {"indicators.3.actual": "25万元", "indicators.3.score": "8"},
        rows="培训成本",
    ),
    case(
        *("tier-mismatch", {"indicators.4.actual": "部分达成年度指标并具有一定效果"}),
        *("error", "27", "18–24", "indicators.4.score indicators.4.actual"),
        # The edge of 60% belongs to the upper tier.
        {"indicators.4.actual": "部分达成年度指标并具有一定效果", "indicators.4.score": "18"},
        rows="教师水平",
    ),
    case(
        # Equal words only hint at the tier.
        *("tier-mismatch", {"indicators.4.score": "20"}),
        *("warning", "20", "24–30", "indicators.4.score indicators.4.actual"),
        {"indicators.4.score": "24"},
        rows="教师水平",
    ),
    case(
        *("met-but-deducted", {"indicators.0.score": "18", "indicators.0.target": "180人次-220人次"}),
        *("warning", "18", "20", " ".join(f"indicators.0.{key}" for key in ROW.split())),
        {"indicators.0.score": "18", "indicators.0.target": "180人次-190人次"},
        rows="培训人次",
    ),
    case(
        *(
            "unclear-target",
            {**OPEN, "indicators.0.target": "200人"},
        ),
        *("info", "150人", None, "indicators.0.target indicators.0.actual"),
        {**OPEN, "indicators.0.target": "≥200人"},
        rows="规模",
    ),
    case(
        *("weights-unprinted", {f"indicators.{index}.weight": "" for index in range(6)}),
        *("info", None, None, " ".join(f"indicators.{index}.weight" for index in range(6))),
        {"indicators.0.weight": "21"},
        rows="培训人次 考核合格率 完成时间 培训成本 教师水平 学员满意度",
    ),
    case(
        *("missed-but-full", {"indicators.0.target": "200±5人次", "indicators.0.actual": "190人次"}),
        *("warning", "20", None, " ".join(f"indicators.0.{key}" for key in ROW.split())),
        {"indicators.0.target": "200±5人次", "indicators.0.actual": "196人次"},
        rows="培训人次",
    ),
    case(
        *("missed-but-full", {"indicators.4.actual": "未有效提升", "indicators.4.score": "30"}),
        *("warning", "30", None, " ".join(f"indicators.4.{key}" for key in ROW.split())),
        {"indicators.4.score": "30", "reported.total": "99.5", "report.total": "99.5"},
        rows="教师水平",
    ),
    case(
        *("execution-scored-twice", {"indicators.1.name": "资金支付率"}),
        *("warning", None, None, "indicators.1.name indicators.1.target indicators.1.actual"),
        {"indicators.1.name": "资金到位率"},
        rows="预算执行率 资金支付率",
    ),
    case(
        *("execution-scored-twice", {"indicators.3.target": "100万元", "indicators.3.actual": "95万元"}),
        *("warning", None, None, "indicators.3.name indicators.3.target indicators.3.actual"),
        {"indicators.3.target": "100万元", "indicators.3.actual": "94万元"},
        rows="预算执行率 培训成本",
    ),
    case(
        *("execution-scored-twice", {"indicators.1.name": "预算执行进度"}),
        *("warning", None, None, "indicators.1.name indicators.1.target indicators.1.actual"),
        # Without points of its own the execution is scored once.
        {"indicators.1.name": "预算执行进度", "funds.0.weight": "", "funds.0.score": ""},
        rows="预算执行率 预算执行进度",
    ),
    case(
        *("structure-mismatch", {"indicators.4.weight": "20", "indicators.4.group": "效益指标/社会效益指标"}),
        *("warning", "20", "30", "indicators.4.group"),
        # Satisfaction inside 效益指标 is 30 and 10.
        {
            "indicators.5.group": "效益指标（40分）/服务对象满意度指标",
            "indicators.4.group": "效益指标（40分）/社会效益指标",
        },
        rows="教师水平",
    ),
    case(
        *("structure-mismatch", {"indicators.5.group": "效益指标（30分）/社会效益指标", "indicators.4": None}),
        *("warning", "10", "30", "indicators.4.group"),
        {"complete": False, "indicators.4": None},
        rows="学员满意度",
        count=2,
    ),
    case(
        *("misplaced-indicator", {"indicators.1.name": "工程完成及时性"}),
        *("warning", None, None, "indicators.1.group indicators.1.name"),
        {"indicators.2.name": "工程完成及时性"},
        rows="工程完成及时性",
    ),
    # On the evidence.
    case(
        *("no-reason", {"indicators.4.reason": "—"}, "warning", "3", None, "indicators.4.reason"),
        # A form without the cell is not asked.
        {"indicators.4.reason": None},
        rows="教师水平",
    ),
    case(
        *("no-reason-for-deviation", {"indicators.0.actual": "261人次"}, "warning", "261人次", "≥200人次"),
        "indicators.0.actual indicators.0.target indicators.0.reason",
        {"indicators.0.actual": "260人次"},
        rows="培训人次",
    ),
    case(
        *("full-marks-on-blank", {"indicators.0.actual": "/"}, "warning", None, None, "indicators.0.actual"),
        {"indicators.0.actual": "/", "indicators.0.score": "19"},
        rows="培训人次",
    ),
    case(
        *("full-marks-on-blank", {"indicators.2.target": ""}, "warning", None, None, "indicators.2.target"),
        {"indicators.2.target": "2021年"},
        rows="完成时间",
    ),
    case(
        *("unmeasurable-target", {"indicators.1.target": "获奖", "indicators.1.actual": "省级2项"}),
        *("info", "省级2项", None, "indicators.1.target indicators.1.actual"),
        {"indicators.1.target": "获奖", "indicators.1.actual": "获奖"},
        rows="考核合格率",
    ),
    case(
        *("bound-as-actual", {"indicators.1.actual": "≥95%"}, "warning", "≥95%", None, "indicators.1.actual"),
        {"indicators.1.actual": "=95%"},
        rows="考核合格率",
    ),
    case(
        *("unit-mismatch", {"indicators.0.actual": "200个"}, "warning", "200个", None),
        "indicators.0.target indicators.0.actual",
        {"indicators.0.actual": "200"},
        rows="培训人次",
    ),
    case(
        *("double-scale", {"funds.0.executed": "95万"}, "info", "95万", None, "funds.0.executed"),
        {"funds.0.executed": "95万元"},
    ),
    case(
        *("text-for-number", {"indicators.1.actual": "全部合格"}, "warning", "全部合格", None),
        "indicators.1.target indicators.1.actual",
        {"indicators.1.actual": "100%"},
        rows="考核合格率",
    ),
    case(
        *("text-for-number", {"reported.total": "96..5", "report": None}, "warning", "96..5", None, "reported.total"),
        {"reported.total": "", "report": None},
    ),
    case(
        *("text-for-number", {"funds.0.executed": "约95万"}, "warning", "约95万", None, "funds.0.executed"),
        {"funds.0.executed": "95.0万元"},
    ),
    case(
        # No sum is held against a score that cannot be read.
        *("text-for-number", {"indicators.0.score": "满分"}, "warning", "满分", None, "indicators.0.score"),
        {"indicators.0.score": "20分"},
        rows="培训人次",
    ),
    case(
        *("odd-rate", {"funds.0.rate": "0.95"}, "info", "0.95", "95%", "funds.0.rate"),
        {"funds.0.rate": "95%"},
    ),
    case(
        *("unspent-funds", _spent("89.9", "19.9", "89.9%", "8.99", "95.99"), "warning", "89.9", "100"),
        "funds.0.executed funds.0.annual_budget",
        _spent("90", "20", "90%", "9", "96"),
    ),
    case(
        *("ahead-of-execution", _spent("79", "9", "79%", "7.9", "94.9"), "info", "100%", "79%"),
        "funds.0.executed funds.0.rate",
        _spent("80", "10", "80%", "8", "95"),
    ),
    case(
        *("incomparable", {"indicators.1.target": "共39件作品参展", "indicators.1.actual": "7件作品获奖"}),
        *("warning", "7件作品获奖", None, "indicators.1.target indicators.1.actual"),
        {"indicators.1.target": "共39件作品参展", "indicators.1.actual": "共40件作品参展"},
        rows="考核合格率",
    ),
    case(
        *("goal-overclaimed", {"goals.0.actual": "全面完成"}, "info", "全面完成", None, "goals.0.actual"),
        {"goals.0.actual": "未全部完成"},
        rows="预算执行率 教师水平",
    ),
]
# Where the weight of the execution is 15, its rows weigh 105: nothing else is asked of these forms.
for _one in CASES:
    if _one.reported in {"9.46", "14.24"}:
        _one.speaks["funds.0.weight"] = _one.silent["funds.0.weight"] = "15"

IDS: Final = [f"{number}-{one.check}" for number, one in enumerate(CASES)]


def test_nothing_is_found_in_a_sound_form() -> None:
    found = perfeval.audit(None, form())
    assert [(one.name, one.text("en")) for one in found.findings] == []
    assert not found.failed
    assert found.verdict_in("en") == (
        "printed 96.5 优 · printed rows add up to 96.5 优 · the rules check 6 of 7 rows; "
        "with the other 1 as the unit judged them: 96.50 优"
    )


def test_every_check_has_a_case() -> None:
    assert {one.check for one in CASES} | {"unassigned"} == set(CHECKS)
    assert set(CHECKS) <= set(FINDINGS)


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_a_check_speaks(case: Case) -> None:
    found = named(perfeval.audit(None, form(case.speaks)), case.check)
    assert len(found) == case.count
    one = found[0]
    assert one.severity == case.severity
    assert (one.reported, one.computed) == (case.reported, case.computed)
    assert " ".join(map(dotted, one.origins)) == case.cells
    assert " ".join(row.replace(" ", "_") for row in one.rows) == case.rows
    for lang in ("zh", "en"):
        assert not set("{}") & set(one.text(lang))
    if one.severity == "error":
        assert one.reported != one.computed
        assert None not in (one.reported, one.computed)


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_a_check_is_silent_near_it(case: Case) -> None:
    assert named(perfeval.audit(None, form(case.silent)), case.check) == []


# Rule files.


def tuned(text: str) -> Plan:
    return perfeval.loads(f'format = 1\nid = "t"\ntitle = "t"\nuses = ["{POLICY}"]\n{text}')


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_a_rule_file_says_how_severe_a_finding_is(case: Case) -> None:
    other = "info" if case.severity == "error" else "error"
    # What is told together is as loud as the loudest of it.
    together = {name for one in perfeval.audit(None, form(case.speaks)).findings for name in one.also}
    lines = [f'{case.check} = "{other}"', *(f'{name} = "{other}"' for name in sorted(together - {case.check}))]
    found = perfeval.audit(tuned("\n".join(["[audit.severity]", *lines, ""])), form(case.speaks))
    assert [one.severity for one in named(found, case.check)] == [other] * case.count
    assert found.failed or other == "info"
    assert (
        named(perfeval.audit(tuned(f'[audit.severity]\n{case.check} = "off"\n'), form(case.speaks)), case.check) == []
    )


@pytest.mark.parametrize(
    ("check", "key", "within", "beyond", "changes"),
    [
        ("total-mismatch", "total = 1", "1", "0.9", {"reported.total": "97.5"}),
        ("rate-mismatch", 'rate = "1%"', '"1%"', '"0.9%"', {"funds.0.rate": "96%"}),
        ("execution-score-mismatch", "row = 0.2", "0.2", "0.1", {"funds.0.score": "9.3"}),
        ("score-mismatch", "row = 0.13", "0.13", "0.12", {"indicators.1.actual": "90%", "indicators.1.score": "9.6"}),
    ],
)
def test_a_rule_file_says_how_much_may_differ(
    check: str, key: str, within: str, beyond: str, changes: dict[str, Any]
) -> None:
    for amount, silent in ((within, True), (beyond, False)):
        rules = tuned(f"[audit]\ntolerance = {{ {key.partition(' =')[0]} = {amount} }}\n")
        assert (named(perfeval.audit(rules, form(changes)), check) == []) is silent


def test_a_rule_file_says_how_far_off_is_far() -> None:
    rules = tuned('[audit]\ndeviation = "10%"\n')
    for actual, count in (("220人次", 0), ("221人次", 1)):
        assert (
            len(named(perfeval.audit(rules, form({"indicators.0.actual": actual})), "no-reason-for-deviation")) == count
        )


def test_a_row_that_no_line_assigns_is_a_finding_and_no_guess() -> None:
    text = 'format = 1\nid = "t"\ntitle = "t"\n[methods.q]\nkind = "proportional"\n'
    text += '[[assign]]\ngroup = "数量"\nmethod = "q"\n'
    found = perfeval.audit(perfeval.loads(text), form())
    (one,) = named(found, "unassigned")
    assert one.severity == "warning"
    assert len(one.rows) == 6
    assert "培训人次" not in one.rows
    assert [dotted(origin) for origin in one.origins][1] == "indicators.1.name"
    assert (found.checked, found.judged) == (1, 6)
    whole = text + '[[assign]]\nmethod = "q"\n'
    assert named(perfeval.audit(perfeval.loads(whole), form()), "unassigned") == []


def test_a_row_that_earns_more_than_its_weight_by_its_rule_is_not_above_it() -> None:
    rules = tuned('[methods.quantity]\ncap = "120%"\n')
    changes = {"indicators.0.actual": "240人次", "indicators.0.score": "24", "reported.total": "100.5", "report": None}
    assert named(perfeval.audit(rules, form(changes)), "score-above-weight") == []
    changes["indicators.0.score"] = "25"
    (one,) = named(perfeval.audit(rules, form(changes)), "score-above-weight")
    assert (one.reported, one.computed) == ("25", "24")


def test_no_sum_is_held_against_scores_or_weights_that_cannot_be_read() -> None:
    for key in ("score", "weight"):
        found = perfeval.audit(None, form({f"indicators.0.{key}": "20万"}))
        assert [one.name for one in found.findings if one.name.endswith("mismatch") and one.severity == "error"] == []
        assert len(named(found, "text-for-number")) == 1
    # A blank score is none: the printed rows do not come to the printed total.
    assert named(perfeval.audit(None, form({"indicators.0.score": ""})), "total-mismatch")


def test_a_rule_that_takes_points_off_a_target_that_is_met() -> None:
    bands = '{ from = "130%", score = "80%" }, { from = "100%", score = "100%" }, { score = 0 }'
    rules = tuned(
        f'[methods.quantity]\nkind = "banded"\nmeasure = "completion"\nbands = [{bands}]\nallow = ["not-monotone"]\n'
    )
    changes = {"indicators.0.actual": "300人次", "indicators.0.score": "16"}
    told = [one.also for one in perfeval.audit(rules, form(changes)).findings]
    assert not any("met-but-deducted" in also for also in told)
    changes["indicators.0.actual"] = "250人次"
    (one,) = named(perfeval.audit(rules, form(changes)), "score-mismatch")
    assert one.also == ("met-but-deducted",)


def test_a_rule_that_asks_for_a_reason_from_its_edge_on() -> None:
    at_the_edge = form({"indicators.0.actual": "260人次"})
    assert named(perfeval.audit(POLICY, at_the_edge), "no-reason-for-deviation") == []
    (one,) = named(perfeval.audit("cn/over-completion", at_the_edge), "no-reason-for-deviation")
    assert one.rows == ("培训人次",)


def test_money_carried_over_is_what_its_line_says() -> None:
    text = '[methods.execution]\ntarget = { add = ["budget", "carried_over"] }\n'
    changes = {**UNREPORTED, "funds.2.name": "上年结转资金", "funds.0.rate": None}
    line = perfeval.audit(tuned(text), form(changes)).lines[0]
    # 95 of 100 and 20 carried over.
    assert line.computed == Fraction(10 * 95, 120)


def test_without_a_budget_of_the_year_the_one_of_its_start_counts() -> None:
    changes = {"funds.0.annual_budget": "", "funds.1.annual_budget": "", "funds.2.annual_budget": ""}
    assert perfeval.audit(None, form(changes)).findings == ()
    (one,) = named(perfeval.audit(None, form({**changes, "funds.0.rate": "96%"})), "rate-mismatch")
    assert (one.reported, one.computed) == ("96%", "95%")


def test_bare_numbers_count_anything() -> None:
    """100 and 95 are the budget and what was executed only where they are money."""
    changes = {"indicators.3.target": "100", "indicators.3.actual": "95"}
    assert named(perfeval.audit(None, form(changes)), "execution-scored-twice") == []


def test_a_wide_group_holds_rows_of_any_name() -> None:
    changes = {"indicators.4.name": "服务及时性", "indicators.5.name": "群众对时效的满意度"}
    assert named(perfeval.audit(None, form(changes)), "misplaced-indicator") == []


def test_a_rounding_that_some_scores_break_is_not_the_one_of_the_form() -> None:
    changes = {
        "indicators.1.actual": "90%",
        "indicators.1.score": "9.47",
        "indicators.1.reason": "x",
        "indicators.5.actual": "85%",
        "indicators.5.score": "9",
        "indicators.5.reason": "x",  # 9.4444…
        "funds.0.score": "10",
        "reported.total": "95.47",
        "report": None,
    }
    found = perfeval.audit(None, form(changes))
    assert found.rounding.by_policy
    assert [(one.name, one.rows) for one in found.findings] == [("score-mismatch", ("学员满意度",))]


# The likely cause of a total.


@pytest.mark.parametrize(
    ("changes", "cause"),
    [
        ({"reported.total": "104.5", "funds.1.score": "8"}, "adding 其中：当年财政拨款 (8) again gives exactly 104.5"),
        ({"reported.total": "69.5"}, "leaving out 教师水平 (27) gives exactly 69.5"),
        ({"reported.total": "97"}, "rounding the sum (to 1, half up) gives exactly 97"),
        ({"reported.total": "123.5"}, "adding 教师水平 (27) twice gives exactly 123.5"),
        (
            {"reported.total": "86.5"},
            (
                "one of these may have been left out (4 fit): "
                "考核合格率 (10), 完成时间 (10), 培训成本 (10), 学员满意度 (10)"
            ),
        ),
        ({"reported.total": "96.2"}, None),
    ],
)
def test_the_likely_cause(changes: dict[str, Any], cause: str | None) -> None:
    (one,) = named(perfeval.audit(None, form({**changes, "report": None})), "total-mismatch")
    if cause is None:
        assert one.cause is None
    else:
        assert str(one.cause).partition(" (1 other")[0] == cause


def test_a_form_that_rounds_otherwise_is_told_once_and_not_row_by_row() -> None:
    changes = {
        "indicators.1.actual": "90%",
        "indicators.1.score": "9",  # 9.4736…
        "indicators.5.actual": "85%",
        "indicators.5.score": "9",  # 9.4444…
        "funds.0.score": "10",
        "reported.total": "95",
        "report": None,
        "indicators.1.reason": "x",
        "indicators.5.reason": "x",
    }
    found = perfeval.audit(None, form(changes))
    assert found.findings == ()
    data = found.as_dict()
    assert data["rounding"] == {"to": "1", "mode": "half-up", "by_policy": False}
    assert (data["computed"]["total"], data["computed"]["total_at_policy_rounding"]) == ("95", "95.41")


def test_what_is_missing_of_a_form_is_not_held_against_it() -> None:
    found = perfeval.audit(
        None, form({"complete": False, "reported.total": "50", "indicators.0": None, "report": None})
    )
    assert [one.name for one in found.findings if one.severity == "error"] == ["grade-mismatch"]
    assert found.as_dict()["computed"]["total"] is None


def test_an_audit_that_is_sent_away_still_has_its_workings() -> None:
    one = perfeval.audit(None, YIYANG)
    sent = pickle.loads(pickle.dumps(one))
    assert sent == one
    assert sent.as_dict() == one.as_dict()
    steps = [line.outcome.steps for line in one.lines if line.outcome]
    assert steps == [line.outcome.steps for line in sent.lines if line.outcome]
    assert all(steps)


def test_blank_zero_and_what_does_not_apply_are_three_things() -> None:
    def row(actual: str, score: str) -> dict[str, Any]:
        changes = {"indicators.0.actual": actual, "indicators.0.score": score}
        data: dict[str, Any] = perfeval.audit(None, form(changes)).as_dict()["indicators"][1]
        return data

    assert (row("0人次", "0")["computed"], row("0人次", "0")["judged"]) == ("0.00", False)
    assert (row("", "0")["computed"], row("", "0")["judged"]) == (None, True)
    unused = form({"indicators.0": {"name": "指标1：/", "target": "/", "actual": "—", "weight": "/", "score": ""}})
    assert "指标1：/" not in [line.name for line in perfeval.audit(None, unused).lines]


# The layouts.

HIGH: Final = [form({"reported.total": "97.5", "report": None}), form({"indicators.4.score": "20", "report": None})]


def as_toml(path: Path, changes: dict[str, Any] | None = None) -> Path:
    path.write_text(tomli_w.dumps({"form": 1, **tree(changes or {})}), encoding="utf-8")
    return path


def printed(capsys: pytest.CaptureFixture[str], *words: str, code: int) -> str:
    assert cli.main(["audit", *words]) == code
    return capsys.readouterr().out


def test_the_layout_of_json_key_by_key(capsys: pytest.CaptureFixture[str]) -> None:
    data = json.loads(printed(capsys, YIYANG, "--format", "json", code=1))
    assert data == perfeval.audit(None, YIYANG).as_dict("zh")
    assert list(data) == [
        *("format", "engine", "form", "rules", "reported", "added_up", "computed"),
        *("rounding", "verdict", "indicators", "findings"),
    ]
    assert (data["format"], data["engine"]) == (1, VERSION)
    assert data["form"] == {
        "file": YIYANG,
        "title": "2021年度项目支出绩效自评表 实验与信息素养提升",
        "project": "实验与信息素养提升",
        "department": "益阳市教育局",
        "agency": "益阳市教育技术装备所",
        "year": 2021,
        "note": perfeval.load_form(YIYANG).note,
    }
    assert list(data["rules"]) == ["id", "basis", "chosen", "digests"]
    assert (data["rules"]["id"], data["rules"]["chosen"]) == (POLICY, "form")
    assert all(re.fullmatch("sha256:[0-9a-f]{64}", one) for one in data["rules"]["digests"])
    assert data["reported"] == {"total": "94", "grade": "优秀"}
    assert data["added_up"] == {"total": "89", "grade": "良"}
    assert data["computed"] == {
        "total": "91",
        "grade": "优",
        "total_at_policy_rounding": "90.90",
        "checked_rows": 8,
        "judged_rows": 8,
        "rows_under_reading": 0,
        "grade_differs": False,
        "why_not": None,
    }
    assert data["rounding"] == {"to": "1", "mode": "half-up", "by_policy": False}
    assert len(data["indicators"]) == 16
    for row in data["indicators"]:
        assert list(row) == [
            *("name", "group", "weight", "target", "actual", "reported", "computed"),
            *("method", "judged", "why", "steps", "cell"),
        ]
        assert row["judged"] is (row["computed"] is None) is (row["why"] is not None)
        assert bool(row["steps"]) is not row["judged"]
    for one in data["findings"]:
        assert list(one) == [
            *("check", "severity", "rows", "cells", "reported", "computed", "cause", "message", "also", "basis"),
        ]
        assert one["cells"]
        for cell in one["cells"]:
            assert re.fullmatch(rf"{re.escape(YIYANG)}:[0-9]+:[0-9]+", cell)


def test_sarif(capsys: pytest.CaptureFixture[str]) -> None:
    data = json.loads(printed(capsys, YIYANG, "--format", "sarif", code=1))
    assert data["version"] == "2.1.0"
    assert data["$schema"].endswith("sarif-2.1.0.json")
    (run,) = data["runs"]
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("perfeval", VERSION)
    assert {one["id"] for one in driver["rules"]} == set(FINDINGS)
    assert {one["defaultConfiguration"]["level"] for one in driver["rules"]} <= {"error", "warning", "note", "none"}
    assert run["columnKind"] == "unicodeCodePoints"
    found = perfeval.audit(None, YIYANG).as_dict("zh")["findings"]
    assert len(run["results"]) == len(found) == 11
    for result, one in zip(run["results"], found, strict=True):
        assert result["ruleId"] == one["check"]
        assert result["level"] == {"error": "error", "warning": "warning", "info": "note"}[one["severity"]]
        assert one["message"] in result["message"]["text"]
        (location,) = result["locations"]
        place = location["physicalLocation"]
        assert place["artifactLocation"] == {"uri": YIYANG}
        line, column = place["region"]["startLine"], place["region"]["startColumn"]
        assert f"{YIYANG}:{line}:{column}" == one["cells"][0]
    path = "tests/cases/12-putuo-tiyu-2022.json"
    (run,) = json.loads(printed(capsys, path, "--format", "sarif", code=0))["runs"]
    (location,) = run["results"][0]["locations"]
    assert location["physicalLocation"]["artifactLocation"] == {"uri": path}
    assert location["logicalLocations"] == [{"fullyQualifiedName": "funds[0].rate"}]


def test_sarif_names_a_file_as_a_uri_does(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = as_toml(tmp_path / "自评 表.toml", {"indicators.4.reason": ""})
    ((result,),) = [
        run["results"] for run in json.loads(printed(capsys, str(path), "--format", "sarif", code=0))["runs"]
    ]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri.isascii()
    assert " " not in uri
    assert unquote(uri) == str(path)


def test_markdown(capsys: pytest.CaptureFixture[str]) -> None:
    out = printed(capsys, YIYANG, "--format", "markdown", "--lang", "en", code=1)
    found = perfeval.audit(None, YIYANG)
    assert out.count("\n- **") == len(found.findings)
    assert len([line for line in out.split("\n") if line.startswith("| ")]) == 2 + len(found.lines)
    for one in found.findings:
        assert f"`{one.name}`" in out
    assert all(line.count(" | ") == 5 for line in out.split("\n") if line.startswith("| "))


def test_csv_holds_no_live_formula(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    changes = {"indicators.1.name": "=HYPERLINK(1)", "indicators.1.actual": "+1+1", "indicators.0.actual": "@x"}
    path = as_toml(tmp_path / "form.toml", changes)
    rows = list(csv.reader(io.StringIO(printed(capsys, str(path), "--format", "csv", code=0))))
    assert rows[0] == [
        "file",
        "check",
        "severity",
        "rows",
        "cells",
        "reported",
        "computed",
        "cause",
        "message",
        "basis",
    ]
    found = perfeval.audit(None, path).as_dict("zh")["findings"]
    assert found
    assert [row[1] for row in rows[1:]] == [one["check"] for one in found]
    assert any(cell == "'=HYPERLINK(1)" for row in rows for cell in row)
    for cell in itertools.chain.from_iterable(rows):
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1", "'=1"),
        ("-1", "-1"),
        ("+1.5%", "+1.5%"),
        ("-a", "'-a"),
        ("—", "—"),
        ("@SUM", "'@SUM"),
        ("x=1", "x=1"),
        ("", ""),
    ],
)
def test_a_cell_of_csv(text: str, cell: str) -> None:
    assert writer.cell(text) == cell


@pytest.mark.parametrize("width", [40, 80, 160])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "path", [YIYANG, "examples/audits/zhongjiang-2022.toml", "tests/cases/p12-tongling-yishi-2021.json"]
)
def test_no_line_is_wider_than_the_console(
    width: int, lang: str, path: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    cli.main(["audit", path, "--lang", lang])
    out = capsys.readouterr().out
    assert max(cell_len(line) for line in out.split("\n")) <= width
    squeezed = "".join(out.split())
    found = perfeval.audit(None, path)
    for line in found.lines:
        assert "".join(line.name.split()) in squeezed or width < 160
    for one in found.findings:
        assert one.name in squeezed
    assert "".join(found.verdict_in("zh" if lang == "zh" else "en").split()) in squeezed


# Batches.


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    as_toml(tmp_path / "1-clean.toml")
    as_toml(tmp_path / "2-wrong.toml", {"reported.total": "97.5", "report": None})
    (tmp_path / "3-bad.toml").write_text("form = 1\ntitel = 1\n", encoding="utf-8")
    as_toml(tmp_path / "4-look.toml", {"indicators.4.reason": ""})
    as_toml(tmp_path / "5-regraded.toml", {"reported.total": "79.5", "reported.grade": "中", "report": None})
    (tmp_path / "6-rules.toml").write_text('format = 1\nid = "x"\ntitle = "y"\n', encoding="utf-8")
    return tmp_path


NAMES: Final = ["1-clean", "2-wrong", "3-bad", "4-look", "5-regraded"]


def test_one_bad_form_stops_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    assert cli.main(["audit", str(folder), "--lang", "en"]) == 2
    captured = capsys.readouterr()
    lines = [line for line in captured.out.split("\n") if ".toml" in line and "whose" not in line]
    assert [name for line in lines for name in NAMES if name in line] == [one for one in NAMES if one != "3-bad"]
    assert lines[0].startswith("clean ")
    assert lines[1].startswith("error 1 ")
    assert "forms: 4; clean 1, with errors 2, not read 1" in captured.out
    assert "2  error    total-mismatch" in captured.out
    assert re.search(r"whose grade changes \(1\): \S*5-regraded.toml", captured.out)
    assert f"{folder}/3-bad.toml:2:1: unknown-key" in captured.err
    assert "6-rules" not in captured.out + captured.err


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_batch_keeps_its_order(folder: Path, jobs: str, capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(folder / f"{name}.toml") for name in (*NAMES[::-1], *NAMES)]
    assert cli.main(["audit", *files, "--jobs", jobs, "--format", "json"]) == 2
    lines = [json.loads(line) for line in capsys.readouterr().out.split("\n") if line]
    assert [one["file"] if "problems" in one else one["form"]["file"] for one in lines] == files
    assert [one["problems"][0]["name"] for one in lines if "problems" in one] == ["unknown-key"] * 2
    assert lines[4] == lines[5] == perfeval.audit(None, files[5]).as_dict("zh")


@pytest.mark.parametrize(
    ("names", "code"),
    [
        *((["1-clean"], 0), (["4-look"], 0), (["2-wrong"], 1), (["3-bad"], 2)),
        *((["1-clean", "4-look"], 0), (["1-clean", "2-wrong"], 1)),
        *((["1-clean", "3-bad"], 2), (["2-wrong", "3-bad"], 2)),
    ],
)
@pytest.mark.parametrize("layout", ["table", "json", "markdown", "sarif", "csv"])
def test_the_exit_code(
    names: list[str], code: int, layout: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["audit", *(str(folder / f"{name}.toml") for name in names), "--format", layout]
    assert cli.main(words) == code
    captured = capsys.readouterr()
    assert "Traceback" not in captured.err
    if layout == "sarif" and code != 2:
        assert len(json.loads(captured.out)["runs"]) == 1


@pytest.mark.parametrize("words", [["--rules", "no/such-rules"], ["--rules", "none.toml"]])
def test_rules_that_cannot_be_read_are_said_once(
    words: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["audit", str(folder), *words, "--lang", "en"]) == 2
    assert capsys.readouterr().err.count("problems found: 1") == 1
    assert cli.main(["audit", str(folder / "1-clean.toml"), *words]) == 2


def test_no_more_forms_are_read_than_asked_for() -> None:
    taken: list[int] = []

    def files() -> Iterator[str]:
        for number in itertools.count():
            taken.append(number)
            yield YIYANG

    found = perfeval.audit_many(None, files())
    assert taken == []
    assert [next(found).file for _ in range(3)] == [YIYANG] * 3
    assert len(taken) == 3


def test_no_more_forms_wait_than_the_processes_need() -> None:
    taken: list[int] = []

    def files() -> Iterator[str]:
        for number in range(10_000):
            taken.append(number)
            yield "none.toml"

    found = perfeval.audit_many(None, files(), jobs=2)
    assert next(found).problems[0].name == "file-missing"
    assert len(taken) <= 2 * 3 * 16 + 16
    found.close()  # type: ignore[attr-defined]


def test_a_brief_audit_says_the_same_as_a_whole_one() -> None:
    (whole,) = perfeval.audit_many(None, [YIYANG], lang="zh")
    (brief,) = perfeval.audit_many(None, [YIYANG], lang="zh", brief=True)
    assert whole.data is not None
    assert brief.data == {
        "form": {"file": YIYANG},
        **{key: whole.data[key] for key in ("reported", "added_up", "computed")},
        "findings": [{key: one[key] for key in ("check", "severity")} for one in whole.data["findings"]],
    }


# Which rules.


def test_the_rules_of_a_form_and_why(tmp_path: Path) -> None:
    own = as_toml(tmp_path / "own.toml", {"uses": "cn/execution-20"})
    assert [
        (one.policy.id, one.choice)
        for one in (
            perfeval.audit(None, own),
            perfeval.audit(POLICY, own),
            perfeval.audit(None, form()),
        )
    ] == [("cn/execution-20", "form"), (POLICY, "asked"), (POLICY, "usual")]


def test_rules_that_changed_are_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, level in (("a", "off"), ("b", "error")):
        (tmp_path / name).mkdir()
        text = f'format = 1\nid = "t"\ntitle = "t"\nuses = ["{POLICY}"]\n[audit.severity]\nno-reason = "{level}"\n'
        (tmp_path / name / "rules.toml").write_text(text, encoding="utf-8")
    faulty = form({"indicators.4.reason": ""})

    def levels(rules: str) -> list[str]:
        return [one.severity for one in perfeval.audit(rules, faulty).findings]

    path = tmp_path / "a" / "rules.toml"
    assert levels(str(path)) == []
    path.write_text(path.read_text(encoding="utf-8").replace('"off"', '"info"'), encoding="utf-8")
    assert levels(str(path)) == ["info"]
    # The same name in another folder is another file.
    monkeypatch.chdir(tmp_path / "a")
    assert levels("rules.toml") == ["info"]
    monkeypatch.chdir(tmp_path / "b")
    assert levels("rules.toml") == ["error"]


# An empty form.


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_new_form_is_read_without_any_error(lang: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "form.toml"
    assert cli.main(["new", "form", str(path), "--lang", lang]) == 0
    assert cli.main(["audit", str(path)]) == 0
    found = perfeval.audit(None, path)
    assert [one.name for one in found.findings] == ["unfilled"]
    before = path.read_bytes()
    assert cli.main(["new", "form", str(path)]) == 2
    assert path.read_bytes() == before
    assert cli.main(["new", "form", str(path), "--force", "--rules", "cn/execution-20"]) == 0
    assert perfeval.load_form(path).uses == "cn/execution-20"
    # What is commented out can be said, too.
    text = re.sub(r"^# (\[|[a-z]+ = )", r"\1", before.decode(), flags=re.MULTILINE)
    path.write_text(text, encoding="utf-8")
    whole = perfeval.load_form(path)
    assert (len(whole.spending), len(whole.goals), len(whole.evidence), len(whole.problems)) == (1, 1, 1, 1)
    assert "[report]" in text
    assert whole.results is not None
    assert [one.name for one in perfeval.audit(None, path).findings] == ["unfilled"]
    capsys.readouterr()


def test_a_form_is_worth_the_same_however_it_came() -> None:
    data = tree()
    data["indicators"] = data["indicators"][::-1]
    again: Form = form_of(data)
    ours, theirs = perfeval.audit(None, again).as_dict(), perfeval.audit(None, form()).as_dict()
    assert ours["computed"] == theirs["computed"]
    assert ours["findings"] == theirs["findings"] == []


# What a hostile review found.


def test_what_cannot_be_read_is_not_added_up() -> None:
    found = perfeval.audit(None, form_of(tree({"indicators.0.score": "20（自评）"})))
    assert (found.added_up.total, found.added_up.grade) == (None, None)
    assert found.added_up.why is not None
    assert "培训人次" in (found.added_up.why_in("zh") or "")
    assert "total-mismatch" not in {one.name for one in found.findings}


def test_a_part_of_a_score_is_no_points() -> None:
    found = perfeval.audit(None, form_of(tree({"indicators.0.score": "90%"})))
    assert {one.name for one in found.findings if one.severity == "error"} == set()
    assert named(found, "text-for-number")


def test_a_score_that_no_rounding_leads_to_was_not_rounded() -> None:
    """9 of 10 earns 18 of 20; 20 is claimed, and 94.5 printed for 96.5: rounding explains nothing."""
    found = perfeval.audit(
        None, form_of(tree({"indicators.0.target": "10次", "indicators.0.actual": "9次", "reported.total": "94.5"}))
    )
    (one,) = named(found, "total-mismatch")
    assert one.cause is None


def test_parts_of_a_part_are_no_second_money() -> None:
    money = {"year_start_budget": "100", "annual_budget": "100", "executed": "95"}
    half = {"year_start_budget": "50", "annual_budget": "50", "executed": "47.5"}
    parts = [{"name": "财政拨款", **money}, {"name": "中央", **half}, {"name": "地方", **half}]
    data = tree()
    data["funds"] = [data["funds"][0], *parts]
    assert not named(perfeval.audit(None, form_of(data)), "funds-mismatch")
    data["funds"][3] = {"name": "地方", **half, "executed": "47"}
    assert [one.severity for one in named(perfeval.audit(None, form_of(data)), "funds-mismatch")] == ["error"]


@pytest.mark.parametrize(
    ("name", "target", "actual"),
    [("差错率", "5%", "3%"), ("投诉件数", "5件", "2件"), ("培训人次", "约200人次", "150人次")],
)
def test_a_target_that_says_no_direction_or_only_about_is_not_held_against_a_row(
    name: str, target: str, actual: str
) -> None:
    changes = {"indicators.0.name": name, "indicators.0.target": target, "indicators.0.actual": actual}
    found = perfeval.audit(None, form_of(tree(changes)))
    assert not found.failed
    assert found.lines[1].state == "judged"


def test_a_row_that_says_that_it_was_not_done_has_no_full_marks() -> None:
    found = perfeval.audit(None, form_of(tree({"indicators.4.actual": "未按期完成", "indicators.4.score": "30"})))
    (one,) = named(found, "missed-but-full")
    assert (one.rows, one.reported, one.computed) == (("教师水平",), "30", None)


def test_that_there_is_nothing_to_say_is_no_reason() -> None:
    assert named(perfeval.audit(None, form_of(tree({"indicators.4.reason": "无"}))), "no-reason")


def test_rules_that_a_form_names_and_that_are_not_there_are_wrong_in_the_form(tmp_path: Path) -> None:
    path = tmp_path / "form.toml"
    for uses, name in (("nope", "unknown-rule"), ("nope.toml", "file-missing"), ("../out.toml", "rule-outside")):
        path.write_text(f'form = 1\nuses = "{uses}"\n', encoding="utf-8")
        with pytest.raises(perfeval.InputError) as caught:
            perfeval.audit(None, path)
        (one,) = caught.value.problems
        assert (one.name, one.file, one.line) == (name, str(path), 2)


def test_a_folder_without_a_form_is_bad_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "rules.toml").write_text('format = 1\nid = "a"\ntitle = "b"\n', encoding="utf-8")
    assert cli.main(["audit", str(tmp_path), "--lang", "en"]) == 2
    assert "no-form-files" in capsys.readouterr().err


def test_an_error_is_found_though_nobody_reads_it(monkeypatch: pytest.MonkeyPatch) -> None:
    class Closed(io.StringIO):
        def write(self, _: str) -> int:
            raise BrokenPipeError

        def fileno(self) -> int:
            raise OSError

    monkeypatch.setattr("sys.stdout", Closed())
    assert cli.main(["audit", YIYANG]) == 1
    monkeypatch.setattr("sys.stdout", None)
    assert cli.main(["audit", "examples/audits/putuo-2022.toml"]) == 0


def test_a_link_stays_one_and_only_ordinary_files_are_replaced(tmp_path: Path) -> None:
    link, aim = tmp_path / "link.toml", tmp_path / "aim.toml"
    link.symlink_to(aim)
    assert cli.main(["new", "form", str(link)]) == 2
    assert cli.main(["new", "form", str(link), "--force"]) == 0
    assert link.is_symlink()
    assert aim.read_text(encoding="utf-8").startswith("#")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["aim.toml", "link.toml"]
    assert cli.main(["new", "form", str(tmp_path), "--force"]) == 2


def test_compare_says_whose_form_moves(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The cost row of 益阳 earns 5 by the policy's ratio; 优 at 92 makes its 91 a 良."""
    rules = tmp_path / "ours.toml"
    rules.write_text(
        'format = 1\nid = "ours"\ntitle = "t"\nuses = ["cn/project-self-evaluation"]\n'
        '[[grades]]\nname = "优"\nfrom = 92\n[[grades]]\nname = "良"\nfrom = 0\n',
        encoding="utf-8",
    )
    assert cli.main(["compare", POLICY, str(rules), YIYANG, "examples/audits", "--format", "json", "--lang", "en"]) == 0
    moves = {one["facts"]: one for one in json.loads(capsys.readouterr().out)["moves"]}
    assert len(moves) == 6
    move = moves[YIYANG]
    assert (move["before"], move["after"]) == ({"total": "91", "grade": "优"}, {"total": "91", "grade": "良"})
    assert [one["facts"] for one in moves.values() if one["changes_grade"]] == [YIYANG]


def test_of_two_single_explanations_the_first_class_is_named() -> None:
    """The 其中 line prints 9.5 again, and only the execution row earns 9.5 too."""
    changes = {"funds.1.score": "9.5", "funds.1.weight": "10", "reported.total": "106"}
    (one,) = named(perfeval.audit(None, form_of(tree(changes | UNREPORTED))), "total-mismatch")
    assert one.cause is not None
    assert one.cause.key == "cause-part"
    assert "1 other" in one.cause.text("en")


def test_a_rounding_that_other_scores_contradict_is_not_taken_over() -> None:
    """9 for 9.4 would be whole points, but the money prints 9.5."""
    changes = {"indicators.1.target": "≥100%", "indicators.1.actual": "94%", "indicators.1.score": "9"}
    found = perfeval.audit(None, form_of(tree(changes | UNREPORTED | {"reported.total": "95.5"})))
    assert found.rounding.by_policy
    assert [one.severity for one in named(found, "score-mismatch")] == ["warning"]


def test_points_that_the_rule_takes_off_a_target_that_is_met_are_no_deduction() -> None:
    rules = perfeval.loads(
        'format = 1\nid = "over"\ntitle = "t"\nlang = "zh"\nuses = ["cn/project-self-evaluation"]\n'
        '[methods.quantity]\nkind = "banded"\nmeasure = "completion"\nallow = ["not-monotone"]\n'
        'bands = [{ above = "130%", score = "80%" }, { from = "100%", score = "100%" }, { score = 0 }]\n'
    )
    changes = {"indicators.0.actual": "300人次", "indicators.0.score": "16", "reported.total": "92.5"}
    found = perfeval.audit(rules, form_of(tree(changes | UNREPORTED)))
    assert not named(found, "met-but-deducted")
    assert not named(found, "score-mismatch")
