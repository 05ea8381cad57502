"""Findings, their severities, and the words of audits."""

from __future__ import annotations

from typing import Final

from perfeval.text.pairs import FindingText, Pair

#: Findings by kind, in the order in which they are told: the severity, the Chinese title, and the sentence.
FINDINGS: Final[dict[str, FindingText]] = {
    # What contradicts itself.
    "total-mismatch": FindingText(
        "itself",
        "error",
        "总分不符",
        (
            "表上总分 {reported}，各行相加是 {computed}",
            "the printed total is {reported}, and the rows add up to {computed}",
        ),
    ),
    "weights-mismatch": FindingText(
        "itself",
        "error",
        "分值不符",
        ("分值合计不符：{what}", "the weights do not add up: {what}"),
    ),
    "rate-mismatch": FindingText(
        "itself",
        "error",
        "执行率不符",
        (
            "执行率写 {reported}，{executed} ÷ {budget} = {exact}，应为 {computed}{only}",
            "the rate is printed as {reported}; {executed} ÷ {budget} = {exact}, which is {computed}{only}",
        ),
    ),
    "execution-score-mismatch": FindingText(
        "itself",
        "error",
        "执行得分不符",
        (
            "预算执行得分写 {reported}；{weight} 分、执行率 {rate}，怎样取整都得不出，应为 {computed}",
            "the score of the execution is printed as {reported}; {weight} points at a rate of {rate} give it under no rounding, but {computed}",
        ),
    ),
    "funds-mismatch": FindingText(
        "itself",
        "error",
        "资金合计不符",
        (
            "{column}：资金总额 {reported}，各来源相加是 {computed}",
            "{column}: the total is {reported}, and its parts add up to {computed}",
        ),
    ),
    "breakdown-mismatch": FindingText(
        "itself",
        "error",
        "支出明细不符",
        (
            "{what}是 {reported}，支出明细相加是 {computed}",
            "{what} is {reported}, and the breakdown adds up to {computed}",
        ),
    ),
    "grade-mismatch": FindingText(
        "itself",
        "error",
        "等级不符",
        (
            "表上等级 {reported}，{total} 分应为 {computed}",
            "the printed grade is {reported}, and {total} earns {computed}",
        ),
    ),
    "report-mismatch": FindingText(
        "itself",
        "error",
        "报告结论不符",
        (
            "报告写的{what}是 {reported}，表上是 {computed}",
            "the report concludes {what} {reported}, and the form says {computed}",
        ),
    ),
    "score-above-weight": FindingText(
        "itself",
        "error",
        "得分超过分值",
        (
            "{name}：得分 {reported}，最多只能得 {computed}",
            "{name}: the score is {reported}, and the most is {computed}",
        ),
    ),
    "extra-values": FindingText(
        "itself",
        "warning",
        "多出数值",
        (
            "“{name}”一行有 {reported} 个数，表头只有 {computed} 列，无法确定哪个数属于哪一列",
            "the line {name} has {reported} values under {computed} headings: which belongs where is a guess",
        ),
    ),
    "unfilled": FindingText(
        "itself",
        "warning",
        "未填写",
        ("没有填完：{names}", "not filled in: {names}"),
    ),
    "duplicate-indicator": FindingText(
        "itself",
        "warning",
        "指标重复",
        ("同一个指标写了不止一次：{name}", "the same indicator more than once: {name}"),
    ),
    "subrow-scored": FindingText(
        "itself",
        "warning",
        "资金分项计分",
        (
            "“{name}”是资金总额的一部分，不应再写分值和得分（写了 {values}）",
            "{name} is a part of the money and has no weight or score of its own ({values} printed)",
        ),
    ),
    # What contradicts the rules.
    "score-mismatch": FindingText(
        "rules",
        "error",
        "得分不符",
        (
            "{name}：填报 {reported} 分，按规则（{method}）得 {computed} 分{working}{only}{also}",
            "{name}: {reported} is claimed, and the rule ({method}) gives {computed}{working}{only}{also}",
        ),
    ),
    "tier-mismatch": FindingText(
        "rules",
        "error",
        "得分不在档内",
        (
            "{name}：{reported} 分不在“{tier}”这一档（{share}，即 {computed} 分）",
            "{name}: {reported} lies outside the tier {tier} ({share}: {computed} points)",
        ),
    ),
    "met-but-deducted": FindingText(
        "rules",
        "warning",
        "达标却扣分",
        (
            "{name}：目标 {target}，实际 {actual}，已达到目标，却只得 {reported}/{computed} 分",
            "{name}: {actual} meets the target {target}, and earns only {reported} of {computed}",
        ),
    ),
    "missed-but-full": FindingText(
        "rules",
        "warning",
        "未达标却满分",
        (
            "{name}：目标 {target}，实际 {actual}，没有达到目标，却得满分 {reported}{right}",
            "{name}: {actual} misses the target {target}, and has full marks of {reported}{right}",
        ),
    ),
    "execution-scored-twice": FindingText(
        "rules",
        "warning",
        "执行率重复计分",
        ("{names}：同一个比率计了两次分", "{names}: the same rate is scored twice"),
    ),
    "structure-mismatch": FindingText(
        "rules",
        "warning",
        "结构与规则不符",
        ("{what}", "{what}"),
    ),
    "misplaced-indicator": FindingText(
        "rules",
        "warning",
        "指标归类不当",
        (
            "{name}：按名称应属于{wanted}，却放在“{group}”下",
            "{name}: by its name it belongs under {wanted}, and stands under {group}",
        ),
    ),
    # What needs a reason.
    "no-reason": FindingText(
        "reason",
        "warning",
        "未说明原因",
        ("{names}：{what}，没有填写原因", "{names}: {what}, and no reason is given"),
    ),
    "no-reason-for-deviation": FindingText(
        "reason",
        "warning",
        "偏差未说明原因",
        (
            "{name}：实际 {reported}，{side} {computed} 达 {off}（{why}），没有填写原因",
            "{name}: {reported} is {off} {side} {computed} ({why}), and no reason is given",
        ),
    ),
    "full-marks-on-blank": FindingText(
        "reason",
        "warning",
        "空白却满分",
        (
            "目标或实际是空的，却得满分（{count} 行）：{names}",
            "full marks for {count} rows whose target or actual is blank: {names}",
        ),
    ),
    "unspent-funds": FindingText(
        "reason",
        "warning",
        "资金结余较多",
        (
            "预算 {computed}，只执行 {reported}，还剩 {amount}（{share}）；{told}",
            "of {computed} only {reported} was spent, and {amount} ({share}) is left; {told}",
        ),
    ),
    "far-from-target": FindingText(
        "reason",
        "info",
        "偏离目标",
        ("{names}：和目标值相差 {off}，超过 {limit}", "{names} is {off} off its target, more than {limit}"),
    ),
    # What needs a look.
    "unclear-target": FindingText(
        "look",
        "info",
        "目标含义不明",
        (
            "{name}：目标 {target}，实际 {actual}，是否达到目标不能确定：{why}",
            "{name}: whether {actual} meets the target {target} cannot be told: {why}",
        ),
    ),
    "unmeasurable-target": FindingText(
        "look",
        "info",
        "目标无法衡量",
        ("目标无法衡量：{rows}", "nothing can be measured by these targets: {rows}"),
    ),
    "bound-as-actual": FindingText(
        "look",
        "warning",
        "实际只写界限",
        (
            "实际值只是一个界限，没有写到底完成多少（{count} 行）：{names}",
            "the actual is only a bound, and not what was reached ({count} rows): {names}",
        ),
    ),
    "unit-mismatch": FindingText(
        "look",
        "warning",
        "单位不符",
        (
            "{name}：目标 {target} 和实际 {actual} 的单位对不上",
            "{name}: the units of target {target} and actual {actual} do not fit",
        ),
    ),
    "incomparable": FindingText(
        "look",
        "warning",
        "目标实际无法比较",
        (
            "{name}：“{target}”和“{actual}”说的不是一件事，无法比较",
            "{name}: {target} and {actual} count different things and cannot be compared",
        ),
    ),
    "double-scale": FindingText(
        "look",
        "info",
        "单位重复",
        (
            "表头的单位已经是{unit}，格里又写了万或亿（{count} 处）：{reported}",
            "the heading says {unit} already, and {count} cells say their multiple again: {reported}",
        ),
    ),
    "text-for-number": FindingText(
        "look",
        "warning",
        "该写数却写文字",
        (
            "{name}：这里应是数（{target}），写的是“{actual}”",
            "{name}: a number is due ({target}), and the cell says {actual}",
        ),
    ),
    "odd-rate": FindingText(
        "look",
        "warning",
        "比率写法不明",
        ("{name}：比率写作 {reported}，没有百分号{how}", "{name}: the rate is printed as {reported}, without %{how}"),
    ),
    "ahead-of-execution": FindingText(
        "look",
        "info",
        "完成快于支出",
        (
            "{count} 个指标平均完成 {reported}，预算只执行了 {computed}",
            "{count} indicators earn {reported} on average, with {computed} of the money spent",
        ),
    ),
    "goal-overclaimed": FindingText(
        "look",
        "info",
        "目标完成夸大",
        (
            "总体目标写“{reported}”，但有 {count} 行扣了 {lost} 分",
            "the overall goal is said to be reached ({reported}), and {count} rows lost {lost} points",
        ),
    ),
    "weights-unprinted": FindingText(
        "look",
        "info",
        "未写分值",
        (
            "{count} 行没有填写分值，不能核对分值合计，也不能按规则计算这些行的得分",
            "{count} rows print no weight: weights cannot be added up, nor the scores of these rows computed",
        ),
    ),
    "unassigned": FindingText(
        "look",
        "warning",
        "没有适用方法",
        ("规则没有说明怎样给这些行计分：{names}", "the rules give these rows no method: {names}"),
    ),
}

SENTENCES: Final[dict[str, Pair]] = {
    "facts-not-form": (
        "这是事实文件：计分用 perfeval score 规则 事实",
        "this is a facts file, which is scored: perfeval score RULES FACTS",
    ),
    "rules-not-form": (
        "这是规则文件：核对时写 perfeval audit 表 --rules 规则",
        "this is a rule file: perfeval audit FORM --rules RULES",
    ),
    "read-as-rate": ("；按 {rate} 读", "; it is read as {rate}"),
    "not-read-as-rate": (
        "；目标是 {target}，不知是哪个比率，没有核对",
        "; beside a target of {target} it may be two rates, and is not checked",
    ),
    "is-other-json": (
        "自评表的 JSON 有 title、funds、indicators 等键",
        "the JSON of a form has the keys title, funds and indicators",
    ),
    "form-read": ("{file}：能读，{count} 行指标", "{file} can be read: {count} indicators"),
    "forms-are-small": ("自评表的文件不大：请检查给的是不是它", "forms are small: check that this is one"),
    "form-version": ("请写 form = 1，或升级 perfeval", "write form = 1, or upgrade perfeval"),
    "type-null": ("空值 null", "null"),
    "audited-by": ("规则：{id}（{why}）· {basis}", "rules: {id} ({why}) · {basis}"),
    "no-findings": ("没有发现问题", "nothing was found"),
    "rounds-otherwise": ("这张表的得分按另一种方式取整：{how}", "the scores of this form are rounded otherwise: {how}"),
    "as-judged": ("评定", "judged"),
    "clean": ("没有问题", "clean"),
    "tally": (
        "共 {forms} 张表：没有问题 {clean} 张，有错误 {failed} 张，读不了 {unread} 张",
        "forms: {forms}; clean {clean}, with errors {failed}, not read {unread}",
    ),
    "tally-regraded": ("等级会变的 {count} 张：{names}", "whose grade changes ({count}): {names}"),
    "auditing-forms": ("核对", "auditing"),
    "written": ("已写入 {file}", "written: {file}"),
    "reason-asked": ("规则要求说明原因", "the rule asks for a reason"),
    "reason-for-points": ("共扣 {points} 分", "{points} points lost"),
    "weights-of-form": (
        "表上合计写 {reported}，各行相加是 {computed}",
        "their printed sum is {reported}, and the rows add up to {computed}",
    ),
    "weights-of-policy": (
        "各行相加是 {reported}，规则要求 {computed}",
        "the rows add up to {reported}, and the policy says {computed}",
    ),
    "weights-of-group": (
        "“{name}”写 {reported} 分，下面各行相加是 {computed}",
        "the heading {name} states {reported}, and its rows add up to {computed}",
    ),
    "only-rounded": ("；只有{how}才得填报的分", "; only rounding {how} gives what is claimed"),
    "spending-total": ("支出明细的合计", "the total of the breakdown"),
    "no-rows-at-all": ("一行指标都没有", "there is not one indicator"),
    "named-score": ("{name}（{score}）", "{name} ({score})"),
    "other-fits": ("（另有 {count} 种别的解释）", " ({count} other explanations fit too)"),
    "cause-part": (
        "把“{what}”又加了一次，正好得 {total}{more}",
        "adding {what} again gives exactly {total}{more}",
    ),
    "cause-left-out": ("漏加“{what}”，正好得 {total}{more}", "leaving out {what} gives exactly {total}{more}"),
    "cause-rounding": ("{what}，正好得 {total}{more}", "{what} gives exactly {total}{more}"),
    "cause-twice": ("“{what}”加了两次，正好得 {total}{more}", "adding {what} twice gives exactly {total}{more}"),
    "cause-part-several": (
        "可能又加了其中一项（{count} 种可能）：{what}",
        "one of these may have been added again ({count} fit): {what}",
    ),
    "cause-left-out-several": (
        "可能漏加了其中一行（{count} 种可能）：{what}",
        "one of these may have been left out ({count} fit): {what}",
    ),
    "cause-rounding-several": ("可能是取整（{count} 种可能）：{what}", "it may be the rounding ({count} fit): {what}"),
    "cause-twice-several": (
        "可能有一行加了两次（{count} 种可能）：{what}",
        "one of these may have been added twice ({count} fit): {what}",
    ),
    "rounded-sum": ("合计取整（{rounding}）", "rounding the sum ({rounding})"),
    "unrounded-rows": (
        "各行不取整相加、合计再取整（{rounding}）",
        "adding the rows unrounded and rounding the sum ({rounding})",
    ),
    "followed-none": ("不取整", "not rounded"),
    "followed-to": ("取整到 {step}，{mode}", "to {step}, {mode}"),
    "working": ("：{steps}", ": {steps}"),
    "working-step": ("{term} {formula} {value}", "{term} {formula} {value}"),
    "group-missing": (
        "没有“{name}”{reported}，规则写 {computed} 分",
        "there is no {name}{reported}, which the policy gives {computed} points",
    ),
    "group-weighs": (
        "“{name}”共 {reported} 分，规则写 {computed} 分",
        "{name} has {reported} points, and the policy gives it {computed}",
    ),
    "off-by-more": ("超过 {limit}", "more than {limit}"),
    "above-target": ("高于目标", "above"),
    "below-target": ("低于目标", "below"),
    "funds-explained": ("表里的说明：“{text}”", "the form says of it: {text}"),
    "funds-unexplained": ("表里没有说明", "the form does not say why"),
    "the-rate": ("执行率", "a rate"),
    "why-unassigned": ("规则没有说明怎样计分", "the rules give it no method"),
    "why-no-weight": ("没有分值", "it has no weight"),
    "why-judged": ("由人评定", "a person judges it"),
    "why-period": (
        "实际只是重复了目标的时间段，没有日期可查",
        "the actual only repeats the period of the target, and says no day",
    ),
    "rule-gives": ("（按规则 {computed}）", " (the rule gives {computed})"),
    "why-loose": ("目标只是约数，不好按数核对", "the target is approximate, so no number can be held against it"),
    "why-open": (
        "是否达到目标，要看怎样理解目标值；按其中一种理解，填报的得分不错",
        "whether its target is met depends on how it is read, and in one reading the score is right",
    ),
    "untold-no-target": ("没有填写目标值", "it has no target"),
    "untold-no-actual": ("没有填写实际完成值", "it has no actual"),
    "untold-no-date": ("目标“{expected}”是日期，“{found}”不是", "the target {expected} is a date, and {found} is none"),
    "untold-year": ("“{found}”和“{expected}”只有一个写了年份", "only one of {found} and {expected} says a year"),
    "untold-within": ("“{found}”里有的日子早于期限，有的晚于期限", "{found} lies on both sides of the deadline"),
    "untold-words": ("“{found}”不是一个确定的数", "{found} is no single number"),
    "untold-loose": ("“{found}”只是约数", "{found} is only approximate"),
    "untold-backwards": ("区间“{found}”前大后小", "the interval {found} runs backwards"),
    "untold-percent": ("“{found}”里只有一边写了百分号", "only one side of {found} has a per cent sign"),
    "untold-ratio": ("比例“{found}”的后项是 0", "the ratio {found} divides by 0"),
    "untold-units": ("单位不同：{one} 和 {other}", "the units differ: {one} and {other}"),
    "untold-bound": ("实际值只是一个范围", "the actual is only a range"),
    "way": ("{how}则{outcome}", "{outcome} {how}"),
    "also": ("；{faults}", "; {faults}"),
    "also-met": ("目标已经达到", "the target is met"),
    "also-missed": ("目标没有达到却得满分", "full marks for a missed target"),
    "also-twice": ("执行率计了两次分", "the execution rate is scored twice"),
    "why-items": (
        "规则另按次数加减分（{names}），表上没有这些次数",
        "the rule counts what no cell of the form says: {names}",
    ),
    "why-void": ("按规则不适用", "by the rule it does not apply"),
    "why-no-share": ("规则没有说明这样得多少分", "the rule does not say what this earns"),
    "no-total-scores": (
        "这些行没有可读的得分，算不出总分：{names}",
        "no total, since these rows have no score that can be read: {names}",
    ),
    "no-total-rows": ("没有计分的行", "there are no scored rows"),
    "no-total-copy": ("这份表不完整，不计总分", "the copy is not complete, so there is no total"),
    "verdict-printed": ("表上 {total} {grade}", "printed {total} {grade}"),
    "verdict-no-total": ("表上没有总分", "no total printed"),
    "verdict-added": ("各行相加 {total} {grade}", "printed rows add up to {total} {grade}"),
    "verdict-checked": ("规则核对了 {rows} 行中的 {checked} 行", "the rules check {checked} of {rows} rows"),
    "target-and-actual": (
        "{name}：目标“{target}”，实际写的是“{actual}”",
        "{name} (target {target}, the actual says {actual})",
    ),
    "verdict-open": ("，另有 {open} 行要看怎样理解目标", ", and {open} more under one reading of their target"),
    "read-in-ways": ("{ways}", "{ways}"),
    "verdict-all": ("按规则 {total} {grade}", "by the rules {total} {grade}"),
    "verdict-computed": (
        "其余 {judged} 行按单位评分，得 {total} {grade}",
        "with the other {judged} as the unit judged them: {total} {grade}",
    ),
    "verdict-computed-own": (
        "其余 {judged} 行按单位评分，得 {total} {grade}（按表自己的取整；按规则的取整是 {policy}）",
        "with the other {judged} as the unit judged them: {total} {grade}, in the form's own rounding ({policy} at the policy's)",
    ),
}
