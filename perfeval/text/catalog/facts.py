"""Problems of facts."""

from __future__ import annotations

from typing import Final

from perfeval.text.pairs import Pair

PROBLEMS: Final[dict[str, tuple[Pair, Pair]]] = {
    "unknown-indicator": (
        ("没有名为 {found} 的指标", "指标有：{known}"),
        ("there is no indicator called {found}", "the indicators are {known}"),
    ),
    "ambiguous-indicator": (
        ("有 {count} 个指标叫 {found}", "请写成 组/名称：{known}"),
        ("{count} indicators are called {found}", "write group/name: {known}"),
    ),
    "missing-fact": (
        ("指标 {found} 没有实际完成值", "请填写；空白不等于 0"),
        ("no actual is given for {found}", "fill it in; a blank is not a 0"),
    ),
    "duplicate-fact": (
        ("指标 {found} 填了两次：{first} 和 {second}", "只留一个"),
        ("{found} is given twice, as {first} and as {second}", "keep one of the two"),
    ),
    "missing-amount": (
        ("{found} 缺少 {key}", "请写成 {{ {keys} }}"),
        ("{found} needs {key}", "write {{ {keys} }}"),
    ),
    "bad-fact": (
        ("{found} 是{type}，这里需要{expected}", "请写{expected}"),
        ("{found} is {type}, not {expected}", "write {expected}"),
    ),
    "not-a-number": (
        ("{found} 是文字，这里要和 {expected} 比较", "请只写数和单位；程序不会从文字里挑出数字"),
        (
            "{found} is words, and it is compared with {expected}",
            "write only a number and its unit; numbers are not picked out of a sentence",
        ),
    ),
    "not-a-date": (
        ("{found} 不是日期，这里要和日期 {expected} 比较", '请写成年-月-日，如 "2022-12-31"'),
        ("{found} is no date, and it is compared with {expected}", 'write year, month and day, as in "2022-12-31"'),
    ),
    "not-finite": (
        ("{found} 不是一个有限的数", "请写实际的数"),
        ("{found} is not a finite number", "write the number itself"),
    ),
    "bound-as-actual": (
        ("{found} 只是一个界限或约数，不是实际完成的数", "请写实际达到的数或日期"),
        ("{found} is a bound or an estimate, not what was reached", "write the number or the date that was reached"),
    ),
    "date-without-year": (
        ("{found} 和 {expected} 只有一处写了年份", "两处都写年份，或都不写"),
        ("one of {found} and {expected} has a year and the other has none", "write the year in both, or in neither"),
    ),
    "vague-date": (
        ("{found} 没有写到日，和 {expected} 相比要看是哪一天", '请写到日，如 "2022-12-31"'),
        ("{found} names no day, and beside {expected} the day decides", 'write the day, as in "2022-12-31"'),
    ),
    "contradictory-fact": (
        ("{found} 说不适用，又填了 {key}", "两者只留一个"),
        ("{found} says that it does not apply, and gives {key}", "keep one of the two"),
    ),
    "bad-count": (
        ("{found} 不是次数", "请写 0 或正整数，或 true（一次）"),
        ("{found} is not a count", "write a whole number, 0 or more, or true for once"),
    ),
    "uncounted-fact": (
        ("{found} 按次数计分，要写明每一项：{known}", "请写成 {{ 名称 = 次数, … }}"),
        ("{found} counts {known}, and the fact does not say which", "write {{ name = count, … }}"),
    ),
    "no-votes": (
        ("指标 {found} 一张票也没有", "请填写各选项的票数；没有调查的，写 {{ applies = false }}"),
        ("nobody voted on {found}", "fill in the votes; if nobody was asked, write {{ applies = false }}"),
    ),
    "unmerged-fact": (
        (
            "指标 {found} 填成了列表，方法没有说几个单位怎样合并",
            '请在方法里写 merge = "sum" 或 {{ weighted_by = "…" }}',
        ),
        (
            "{found} is a list, one item a unit, and its method does not say how several units become one",
            'write merge = "sum" or {{ weighted_by = "…" }} in the method',
        ),
    ),
    "no-merge-weight": (
        ("权数 {found} 不大于 0，无法求平均", "请检查各单位的权数"),
        ("the weights {found} are not above 0, and there is no mean", "check the weight of each unit"),
    ),
    "not-applicable": (
        (
            "{found} 不适用，规则没有说它的 {weight} 分给谁",
            '请在规则文件里写 not_applicable = "group"（给同组的指标）或 "total"（给所有指标）',
        ),
        (
            "{found} does not apply, and the rules do not say where its {weight} points go",
            'write not_applicable = "group" (to the rows of its group) or "total" (to all rows) in the rule file',
        ),
    ),
    "nothing-applies": (
        ("没有一个指标适用，无法计分", "请检查这张表是否用对了规则文件"),
        ("no row applies, so there is nothing to score", "check that these are the rules for this form"),
    ),
    "wrong-choice": (
        (
            "{found} 里应有 {count} 个指标适用，现在有 {members} 个",
            "只填选中的，其余写 {{ applies = false }}",
        ),
        (
            "exactly {count} of {found} may apply, and {members} do",
            "fill in what was chosen and mark the others {{ applies = false }}",
        ),
    ),
    "missing-year": (
        ("{found} 的规则按年份不同（{years}），没有说是哪一年的表", "请在事实文件里写 year = …，或用 --year"),
        (
            "the rules of {found} differ by year ({years}), and the form does not say its own",
            "write year = … in the facts, or use --year",
        ),
    ),
    "not-in-force": (
        ("{found} 在 {year} 年无效（{dates}）", "请用这一年的规则文件，或检查年份"),
        ("{found} is not in force in {year} ({dates})", "use the rules of that year, or check the year"),
    ),
    "no-share": (
        ("指标 {name} 的实际完成值 {found} 没有对应的得分", "给方法写上 cap，或补上缺的区间"),
        ("the actual {found} of {name} earns no definite share", "give the method a cap, or the band that is missing"),
    ),
    "unknown-tier": (
        ("没有 {found} 这一档", "可选：{known}"),
        ("there is no tier {found}", "the tiers are {known}"),
    ),
    "not-judged": (
        (
            "指标 {found} 不分档，评分方法是 {method}",
            "请写实际完成值：{{ actual = … }}；应由人评定的，请改指标的 method",
        ),
        (
            "{found} is scored by the method {method}, which takes no tier",
            "write what was reached, {{ actual = … }}; if a person is to judge it, give the row another method",
        ),
    ),
    "missing-tier": (
        ("指标 {found} 按档评分，没有写是哪一档", "请写 {{ tier = …, score = … }}，档有：{known}"),
        ("{found} is judged by tiers, and none is named", "write {{ tier = …, score = … }}; the tiers are {known}"),
    ),
    "missing-score": (
        ("“{tier}”一档得 {range}，需要写明得几分", '请写 {{ tier = "{tier}", score = … }}'),
        ("the tier {tier} spans {range}, and no score is given", 'write {{ tier = "{tier}", score = … }}'),
    ),
    "score-outside-tier": (
        ("{found} 分不在“{tier}”一档内：{range}", "改写分数，或另选一档"),
        ("{found} is outside the tier {tier}: {range}", "choose another score, or another tier"),
    ),
    "unclear-example": (
        (
            "例子{reason}",
            "一行的例子写 method、weight、target、actual 和 score，整张表的例子写 facts 和 total、grade；应报错的写 problem",
        ),
        (
            "the example {reason}",
            "for one row write method, weight, target, actual and score, for a form facts, total and grade; or a problem",
        ),
    ),
    "example-failed": (
        ("例子算出 {got}，写的是 {expected}", "改正例子，或改正它所说明的规则"),
        ("the example gives {got}, and says {expected}", "mend the example, or the rule it shows"),
    ),
}
