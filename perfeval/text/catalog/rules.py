"""Texts about rule files: their problems, and what they say in plain words."""

from __future__ import annotations

from typing import Final

from perfeval.text.pairs import Pair

PROBLEMS: Final[dict[str, tuple[Pair, Pair]]] = {
    "wrong-file": (
        ("这里需要的是另一种文件：它写了 {found}", "请检查文件的先后：规则在前，事实在后"),
        ("another kind of file is needed here: this one has {found}", "check the order: rules first, then facts"),
    ),
    "unknown-key": (
        ("{where}没有 {key} 这个键", "可用的键：{known}"),
        ("{where} has no key {key}", "the keys are {known}"),
    ),
    "missing-key": (
        ("{where}缺少 {key}", "请补上 {key} = …"),
        ("{where} needs {key}", "add {key} = …"),
    ),
    "wrong-type": (
        ("{key} 是{found}，应为{expected}", "请写成{expected}"),
        ("{key} is {found}, not {expected}", "write {expected}"),
    ),
    "wrong-value": (
        ("{key} 不能是 {found}", "可选：{known}"),
        ("{key} cannot be {found}", "choose one of {known}"),
    ),
    "wrong-format": (
        ("这是第 {found} 版格式，本程序只读第 1 版", "请写 format = 1，或升级 perfeval"),
        ("this is format {found}; this program reads format 1", "write format = 1, or upgrade perfeval"),
    ),
    "unknown-method": (
        ("没有 {found} 这种评分方法", "可选：{known}"),
        ("there is no kind of method {found}", "choose one of {known}"),
    ),
    "table-not-array": (
        ("[{key}] 表示单独一个，这里可以有多个", "请写两层方括号：[[{key}]]"),
        ("[{key}] is one table where a list of them is needed", "write double brackets: [[{key}]]"),
    ),
    "bad-amount": (
        ("{found} 不是分数也不是百分比", '分数写数字（8），比例写带引号的百分比（"80%"）'),
        ("{found} is neither points nor a percentage", 'write points as a number (8), a part as a percentage ("80%")'),
    ),
    "bad-quantity": (
        ("{found} 读不成数量", '请写数字或带单位的数量，如 "10天"、"5%"'),
        ("{found} is not a quantity", 'write a number, or a number with its unit, as in "10天" or "5%"'),
    ),
    "bad-quantum": (
        ("{found} 不能作为取整单位", '请写大于 0 的数，如 "0.01"、"1" 或 "0.01%"'),
        ("{found} is nothing to round to", 'write a number above 0, as in "0.01", "1" or "0.01%"'),
    ),
    "bad-identifier": (
        ("{key} {found} 含有不允许的字符", "只用英文字母、数字、-、_、. 和 /，以字母或数字开头和结尾"),
        (
            "{key} {found} has characters that are not allowed",
            "use unaccented letters, digits, -, _, . and / only, a letter or digit first",
        ),
    ),
    "empty-text": (
        ("{key} 是空的", "请写出内容"),
        ("{key} is empty", "write something there"),
    ),
    "several-edges": (
        ("一个区间只能有一个边界，这里同时有 {found}", "去掉多余的：前一个区间到哪里，这个区间就从哪里开始"),
        ("one edge a line, this one has {found}", "leave one out: the line before it ends where this one begins"),
    ),
    "unknown-rule": (
        ("找不到规则 {found}", "已知的规则：{known}"),
        ("no rule file is called {found}", "the rule files are {known}"),
    ),
    "wrong-id": (
        ("{found} 对应的文件 {file} 里写的 id 是 {said}", "让文件里的 id 与引用一致"),
        ("{file}, found for {found}, calls itself {said}", "make the id in the file the one it is found by"),
    ),
    "rule-outside": (
        ("{found} 在规则文件所在的文件夹之外", "用 --rules-path 指明那个文件夹，或用规则 id"),
        ("{found} lies outside the folder of the rule file", "name its folder with --rules-path, or use an id"),
    ),
    "rule-cycle": (
        ("规则互相引用成环：{chain}", "去掉其中一处 uses"),
        ("rule files use each other in a circle: {chain}", "take one of the uses out"),
    ),
    "duplicate-rule": (
        ("规则 id {found} 同时出现在 {first} 和 {second}", "改掉其中一个 id"),
        ("the rule id {found} stands in {first} and in {second}", "change one of the two"),
    ),
    "no-indicators": (
        ("规则 {found} 没有指标，无法直接评分", "请写一个 uses 它并带 [[indicators]] 的规则文件"),
        ("{found} has no indicators, so there is nothing to score", "write a file that uses it and has [[indicators]]"),
    ),
    "duplicate-indicator": (
        ("{key} {found} 与第 {first} 个指标相同", "同一组内指标名不能重复，id 全文件不能重复"),
        ("{key} {found} is that of indicator {first} too", "a name is used once in a group, an id once in a file"),
    ),
    "no-method": (
        ("指标 {found} 没有评分方法", "写上 method，或在 [[assign]] 中为它指定"),
        ("no method scores the indicator {found}", "name a method, or add a line of [[assign]] that fits it"),
    ),
    "unknown-method-name": (
        ("没有名为 {found} 的评分方法", "已有的方法：{known}"),
        ("there is no method called {found}", "the methods are {known}"),
    ),
    "unreachable-assign": (
        ("[[assign]] 第 {index} 条没有条件，后面的都不会用到", "把它移到最后"),
        ("line {index} of [[assign]] has no condition, so the lines below it are never read", "move it to the end"),
    ),
    "weights-mismatch": (
        ("{where}的分值合计 {found}，应为 {expected}", "各行：{terms}"),
        ("the weights of {where} add up to {found}, not {expected}", "the rows are {terms}"),
    ),
    "bad-weight": (
        ("分值 {found} 不能小于 0", "分值写 0 或更大的数"),
        ("the weight {found} is below 0", "write 0 or more"),
    ),
    "out-of-range": (
        ("{key} 是 {found}，应{range}", "请改成{range} 的数"),
        ("{key} is {found}, and should be {range}", "write a number that is {range}"),
    ),
    "crossed-limits": (
        ("{low} 是 {found}，超过了 {high} 的 {other}", "改正其中一个"),
        ("{low} is {found}, past {high}, which is {other}", "mend one of the two"),
    ),
    "duplicate-name": (
        ("{found} 已经是第 {first} 个的名称或别名", "每个名称和别名只用一次"),
        ("{found} is already a name or alias of number {first}", "use each name and each alias once"),
    ),
    "reserved-name": (
        ("{found} 在事实里另有含义，不能用作金额的名称", "换一个名称；保留的词：{known}"),
        ("{found} means something else in a fact and cannot name an amount", "choose another; taken are {known}"),
    ),
    "missing-target": (
        ("指标 {found} 按 {method} 评分，需要目标值", '请写上目标值，如 target = "≥90%"'),
        ("{found} is scored by {method}, which needs a target", 'write the target, as in target = "≥90%"'),
    ),
    "target-not-number": (
        ("目标值 {found} 是文字，{method} 需要数", "请写数值目标，或改用 graded 方法"),
        ("the target {found} is words, and {method} needs a number", "write a number, or use a graded method"),
    ),
    "direction-clash": (
        (
            "目标值 {found} 表示{operator}越好，而 better 写的是{better}越好",
            "改正目标值、给这一行换一个方法，或去掉方法里的 better",
        ),
        (
            "the target {found} says {operator} is better, `better` says {better}",
            "mend the target, give the row another method, or drop `better` from the method",
        ),
    ),
    "date-ratio": (
        ("目标值 {found} 是日期，算不出{measure}", '改用 threshold，或 measure = "difference"（天数）'),
        ("the target {found} is a date, which has no {measure}", 'use threshold, or measure = "difference" (days)'),
    ),
    "two-targets": (
        ("指标 {found} 写了 target，而方法 {method} 的目标值取自事实", "去掉其中一个"),
        ("{found} has a target, and the method {method} makes its target from the facts", "take one of the two out"),
    ),
    "zero-target": (
        (
            "目标值是 0，规则没有写明怎样计分",
            '在方法里写明目标为 0 时得多少，如 zero_target = "100%"；或改正目标值',
        ),
        (
            "the target is 0, and the rule does not say what that earns",
            'say in the method what a target of 0 earns, as in zero_target = "100%", or mend the target',
        ),
    ),
    "ambiguous-date": (
        ("目标值 {found} 可以是一个数，也可以是 {mended}", '是月份就写 "{mended}"，是数就连同单位写'),
        (
            "the target {found} may be a number, and may be {mended}",
            'write "{mended}" for the month, a number with its unit',
        ),
    ),
    "negative-target": (
        ("目标值 {found} 小于 0，算不出{measure}", '改用 measure = "difference"，或改正目标值'),
        ("the target {found} is below 0, so it has no {measure}", 'use measure = "difference", or mend the target'),
    ),
    "unit-mismatch": (
        ("{found} 的单位与{other} {expected} 不一致", "请改用同类单位"),
        ("{found} does not fit {other} {expected}", "write both in units that convert into each other"),
    ),
    "unit-missing": (
        ("{found} 没有单位，而{other}是 {expected}", '请写上单位，如 "{mended}"'),
        ("{found} has no unit, {other} is {expected}", 'write the unit, as in "{mended}"'),
    ),
    "edge-unit": (
        ("{key} 是 {found}，而{measure}是百分比", "请写 {key} = {mended}"),
        ("{key} is {found}, and {measure} is a percentage", "write {key} = {mended}"),
    ),
    "percent-edge": (
        (
            "{key} 是 {found}，而这里按完成值分区间，完成值 {made} 是金额",
            '请写 measure = "completion"，按完成程度分区间',
        ),
        (
            "{key} is {found}, and the bands are of the value, which is the amount {made}",
            'write measure = "completion" for bands of the completion',
        ),
    ),
    "mixed-edges": (
        ("第 {first} 个和第 {second} 个区间方向不同", "统一用 from/above，或统一用 to/below"),
        ("bands {first} and {second} face different ways", "use from/above for all, or to/below for all"),
    ),
    "unreachable-band": (
        ("第 {index} 个永远用不到：第 {before} 个已经包括{taken}", "请按先后顺序排列：{order}"),
        ("number {index} can never be reached: number {before} already takes {taken}", "{order}"),
    ),
    "open-bands": (
        ("{edge} 之外的值没有规定得分", "最后加上一个不写边界的区间：{mended}"),
        ("no band says what values beyond {edge} earn", "end with a band that has no edge: {mended}"),
    ),
    "needs-key": (
        ("写了 {key} 就要写 {needed}", "请补上 {needed}，或删去 {key}"),
        ("{key} needs {needed} beside it", "add {needed}, or drop {key}"),
    ),
    "rest-unless": (
        ("最后一个区间写了 unless，说明原因后就没有区间可用了", "请在最后加一个不写边界、不写 unless 的区间"),
        (
            "the last band has `unless`, so a reason would leave nothing",
            "end with a band that has neither an edge nor `unless`",
        ),
    ),
    "missing-level": (
        ("指标 {found} 没有给出 {key} 的数值", "请写 levels = {{ … }}"),
        ("{found} does not give the levels {key}", "write levels = {{ … }}"),
    ),
    "unknown-level": (
        ("方法没有用到 {found} 这一级", "方法用到的：{known}"),
        ("the method does not ask for a level {found}", "it asks for {known}"),
    ),
    "unknown-finding": (
        ("没有 {found} 这种疑点", "可选：{known}"),
        ("there is no finding {found}", "the findings are {known}"),
    ),
    "unknown-grade": (
        ("没有 {found} 这个等级", "可选：{known}"),
        ("there is no grade {found}", "the grades are {known}"),
    ),
    "override-without-edge": (
        ("{found} 是一个指标，要写明和多少分比", '请加上边界，如 below = "60%"'),
        ("{found} is a row, and nothing says what its score is compared with", 'add an edge, as in below = "60%"'),
    ),
    "unequal-members": (
        ("{group} 只计其中几个，{found} 是 {weight} 分，其余每个 {expected} 分", "请让每个指标的分值相同"),
        (
            "in {group} only some count, and {found} weighs {weight} where each must weigh {expected}",
            "give each member the same weight",
        ),
    ),
    "too-few-members": (
        ("{found} 的 {key} 是 {count}，组里只有 {members} 个", "请改小 {key}，或补上指标"),
        ("{key} of {found} is {count}, and it has {members} members", "lower {key}, or add the rows that are missing"),
    ),
    "split-leaves-nothing": (
        ("{weight} 分由 {count} 个指标平分，{found} 得不到分值", '请写 remainder = "spread"，或写明每个分值'),
        ("{weight} points over {count} rows leave {found} nothing", 'write remainder = "spread", or say each weight'),
    ),
    "no-conversion": (
        ("{found} 没有 {count} 个指标的换算表", "请在 convert 里补上 {count} = [ … ]"),
        ("{found} has no conversion for {count} members", "add {count} = [ … ] to its convert"),
    ),
    "share-without-end": (
        ("实际值为 0 时，{measure}没有上限，得分也没有上限", '请写明上限，如 cap = "120%"'),
        (
            "at an actual of 0 the {measure} is above every bound, and so is the score",
            'state a cap, as in cap = "120%"',
        ),
    ),
    "not-monotone": (
        (
            "{measure}为 {better} 比 {worse} 好，得分却更低：{better} 得 {less}，{worse} 得 {more}{counts}",
            '请检查这两处；如果正是这个意思，请在方法里写 allow = ["not-monotone"]',
        ),
        (
            "{measure} of {better} is better than {worse} and earns less: {less} against {more}{counts}",
            'check these two places; if it is meant so, write allow = ["not-monotone"] in the method',
        ),
    ),
    "cut-better-side": (
        (
            "因为 zero（{edge}），{measure}为 {better} 比 {worse} 好，得分却更低：{better} 得 {less}，{worse} 得 {more}{counts}",
            '请检查 zero 的边界朝哪一边；如果正是这个意思，请在方法里写 allow = ["cut-better-side"]',
        ),
        (
            "by `zero` ({edge}), {measure} of {better} is better than {worse} and earns less: {less} against {more}{counts}",
            'check which way the edge of `zero` faces; if it is meant so, write allow = ["cut-better-side"] in the method',
        ),
    ),
    "dead-band": (
        ("第 {index} 个区间永远用不上：{reason}", "请删去，或改正边界"),
        ("band {index} can never be reached: {reason}", "drop it, or mend its edge"),
    ),
    "dead-conversion": (
        ("{found} 只有 {members} 个指标，{count} 个的换算表永远用不上", "请删去，或补上指标"),
        (
            "{found} has {members} members, so its table for {count} is never read",
            "drop it, or add the rows that are missing",
        ),
    ),
    "clipped-score": (
        (
            "这里写的是 {found}，上限只有 {cap}，永远得不到",
            '请改小，或写明更高的上限，如 cap = "120%"；如果是有意的，请在方法里写 allow = ["clipped-score"]',
        ),
        (
            "this says {found}, and the cap of {cap} lets nobody have it",
            'lower it, or state a higher cap, as in cap = "120%"; if it is meant so, write allow = ["clipped-score"] in the method',
        ),
    ),
    "idle-cap": (
        ("上限是 {cap}，而最多只能得 {most}", '请删去 cap；如果是有意的，请在方法里写 allow = ["idle-cap"]'),
        (
            "the cap is {cap}, and nothing earns more than {most}",
            'drop `cap`; if it is meant so, write allow = ["idle-cap"] in the method',
        ),
    ),
    "full-marks-unreachable": (
        (
            "最多只能得 {most}，谁也得不到满分 {weight}",
            '请检查最高的得分；如果是有意的，请在方法里写 allow = ["full-marks-unreachable"]',
        ),
        (
            "at most {most} can be earned here, so nobody gets all of the {weight}",
            'check the highest score; if it is meant so, write allow = ["full-marks-unreachable"] in the method',
        ),
    ),
    "tiers-rise": (
        ("{found} 写在 {first} 之后，得分却更高：{more}，而 {first} 是 {less}", "请从高到低写"),
        ("{found} earns {more} and stands below {first}, which earns {less}", "put the best first"),
    ),
    "open-tiers": (
        (
            "{found}不在任何一档：最低的一档从 {edge}起",
            '请在最后加一档 from = "0%"；如果是有意的，请在方法里写 allow = ["open-tiers"]',
        ),
        (
            "a score of {found} lies in no tier: the lowest begins at {edge}",
            'end with a tier from = "0%"; if it is meant so, write allow = ["open-tiers"] in the method',
        ),
    ),
    "idle-item": (
        ("{found} 不会改变得分：{reason}", "请删去，或改正分数和上下限"),
        ("{found} never changes the score: {reason}", "drop it, or mend its points and the limits"),
    ),
    "needless-allow": (
        ("allow 写了 {found}，方法并没有这个问题", "请把它删去"),
        ("`allow` names {found}, and the method does nothing of the sort", "take it out"),
    ),
    "dead-assign": (
        ("第 {index} 条永远用不上：第 {before} 条已经包括了它的所有指标", "请把范围小的写在前面，或删去"),
        ("line {index} is never read: line {before} takes all its rows", "put the narrower line first, or drop it"),
    ),
    "unreachable-grade": (
        ("等级 {found} 永远得不到：{reason}", "请检查 from 和总分"),
        ("nobody can earn {found}: {reason}", "check its `from` and the total"),
    ),
    "idle-override": (
        ("{when} 的这一条永远不起作用：{reason}", "请检查，或删去"),
        ("the override of {when} never does anything: {reason}", "check it, or drop it"),
    ),
    "one-of": (
        ("{choices} 要写一个，也只能写一个", "只写其中一个"),
        ("exactly one of {choices} is needed here", "write one of them"),
    ),
    "earns-nothing": (
        ("指标 {found} 的分值是 0，封顶和保底也都是 0，永远不得分也不失分", "写上分值，或用分数写 cap、floor"),
        (
            "{found} can never earn or lose anything: its weight is 0, and so are its cap and floor",
            "give it a weight, or `cap` and `floor` in points",
        ),
    ),
    "grade-gap": (
        ("低于 {edge} 的总分没有等级", "最低一级写 from = 0"),
        ("totals below {edge} have no grade", "give the lowest grade from = 0"),
    ),
}

SENTENCES: Final[dict[str, Pair]] = {
    "sum-facts": ("{file}：事实文件，{count} 个指标", "{file}: a facts file, indicators: {count}"),
    "sum-basis": ("依据：{basis}", "basis: {basis}"),
    "sum-dates": ("有效期：{since} 至 {until}", "holds from {since} to {until}"),
    "sum-uses": ("沿用 {id}（{basis}）", "uses {id} ({basis})"),
    "sum-total": ("满分 {total} 分，{count} 个指标", "{total} points in all, indicators: {count}"),
    "sum-group": (
        "{indent}{name}：{weight} 分，{count} 个指标{way}",
        "{indent}{name}: {weight} points, indicators: {count}{way}",
    ),
    "way-cap": ("，最多 {cap} 分", ", at most {cap} points"),
    "sum-group-alone": ("{indent}{name}：{weight} 分", "{indent}{name}: {weight}"),
    "sum-method": ("方法 {name}：{kind}", "method {name}: {kind}"),
    "sum-detail": ("    {line}", "    {line}"),
    "sum-assign": ("未写方法的指标，按第一条符合的：", "a row that names no method takes the first that fits:"),
    "sum-assign-line": ("    {conditions} → {method}", "    {conditions} → {method}"),
    "sum-rounding": ("取整：{parts}", "rounding: {parts}"),
    "rounding-to": ("{what}取整到 {to}（{mode}）", "{what} to {to} ({mode})"),
    "rounding-none": ("{what}不取整", "{what} not rounded"),
    "rounding-sum": ("总分是各行之和", "the total is the sum of the rows"),
    "sum-grades": ("等级：{grades}", "grades: {grades}"),
    "sum-grade": ("{name} ≥ {edge}", "{name} ≥ {edge}"),
    "sum-override": (" {when}：{then}", " {when}: {then}"),
    "then-total": ("总分为 {total}", "the total is {total}"),
    "then-grade": ("等级为{grade}", "the grade is {grade}"),
    "then-best": ("等级最高为{grade}", "the grade is no better than {grade}"),
    "sum-proved": (
        " 已证明：{methods} 个方法、{rows} 个指标，每个可能的数都得且只得一个分，不出上下限，完成得更好不会得分更低",
        " proved of its methods ({methods}) and indicators ({rows}): every possible measure earns exactly one score, within its limits, and a better one never earns less",
    ),
    "sum-proved-policy": (
        " 已证明：{methods} 个方法，每个可能的数都得且只得一个分，不出上下限，完成得更好不会得分更低",
        " proved of its methods ({methods}): every possible measure earns exactly one score, within its limits, and a better one never earns less",
    ),
    "sum-meant": (" 有意为之，不在此列：{methods}", " but for what is meant so: {methods}"),
    "sum-open": (
        " 这些方法要等指标用到才能证明：{methods}",
        " these can be proved only once a row takes them: {methods}",
    ),
    "sum-examples": ("例子：{count} 个，全部通过", "examples: {count}, all as they say"),
    "says-proportional": ("得分系数 = 完成程度", "the share is the completion"),
    "says-threshold": ("达到目标得满分，否则 {otherwise}", "all once the target is met, else {otherwise}"),
    "says-threshold-proportional": ("达到目标得满分，否则按比例", "all once the target is met, else in proportion"),
    "says-banded": ("按{measure}，取第一个符合的区间：", "by {measure}, the first that fits:"),
    "says-band": ("  {edge}：{earns}", "  {edge}: {earns}"),
    "says-rest": ("其余", "the rest"),
    "says-minus": ("扣 {minus}", "less {minus}"),
    "says-interpolate": ("边界之间按直线取值", "straight lines between the edges"),
    "says-stepped": ("达到目标得 {start}，按{measure}计步", "{start} at the target, steps by {measure}"),
    "says-step-minus": ("每差 {per} 扣 {amount}（{count}）", "{amount} off for each {per} on the worse side ({count})"),
    "says-step-plus": ("每优 {per} 加 {amount}（{count}）", "{amount} on for each {per} on the better side ({count})"),
    "says-counted": ("从 {start} 起计数：", "counting from {start}:"),
    "says-item": ("  {name}：每次 {amount}", "  {name}: {amount} each time"),
    "says-item-times": (
        "  {name}：每次 {amount}，最多 {times} 次",
        "  {name}: {amount} each time, counted at most {times} ×",
    ),
    "says-level": ("达到本行的“{level}”", "the row's own “{level}”"),
    "says-band-unless": ("  {edge}：{earns}（说明原因的不算）", "  {edge}: {earns} (unless a reason is given)"),
    "says-mean": ("实际值 = 各票的平均：{made}", "actual = the mean of the votes: {made}"),
    "says-merge-sum": ("几个单位相加", "several units are added up"),
    "says-merge-mean": ("几个单位按 {by} 加权平均", "several units are averaged by their {by}"),
    "says-zero-target-void": ("目标值为 0 时：不适用", "where the target is 0: the row does not apply"),
    "says-graded": ("由人评定在哪一档：", "a person picks the tier:"),
    "says-tier": ("  {tier}：{earns}", "  {tier}: {earns}"),
    "says-tier-from": ("  {tier}：{edge} 起", "  {tier}: from {edge}"),
    "says-zero": ("{edge} 不得分", "nothing is earned {edge}"),
    "says-better": ("目标值没有写方向时，{better}越好", "where the target does not say, {better} is better"),
    "says-linear": ("完成程度 = 2 - 实际 ÷ 目标", "completion is 2 - actual ÷ target"),
    "says-actual": ("实际值 = {made}", "actual = {made}"),
    "says-target": ("目标值 = {made}", "target = {made}"),
    "says-zero-target": ("目标值为 0 时：{amount}", "where the target is 0: {amount}"),
    "says-needs-reason": ("{edge} 要说明原因", "{edge} needs a reason"),
    "says-no-cap": ("没有上限", "without a cap"),
    "says-allow": ("有意为之：{name}", "on purpose: {name}"),
    "says-cap": ("上限 {cap}", "at most {cap}"),
    "says-floor": ("下限 {floor}", "at least {floor}"),
}
