"""Every sentence shown to a person, in Chinese and English; ``messages`` fills them in, nothing else is stored here."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

Pair: TypeAlias = tuple[str, str]
#: How severe a finding is; "off" switches it off.
Severity: TypeAlias = Literal["error", "warning", "info", "off"]

#: name → (Chinese message and hint, English message and hint). The names are permanent, the sentences are free.
PROBLEMS: Final[dict[str, tuple[Pair, Pair]]] = {
    # Files and their text.
    "file-missing": (
        ("文件不存在", "请检查路径：{path}"),
        ("there is no such file", "check the path: {path}"),
    ),
    "file-is-directory": (
        ("这是一个文件夹，不是文件", "请写出其中一个文件的路径"),
        ("this is a directory, not a file", "name a file in it"),
    ),
    "file-unreadable": (
        ("无法读取文件：{reason}", "请检查文件权限"),
        ("the file cannot be read: {reason}", "check who may read it"),
    ),
    "file-too-large": (
        ("文件有 {size} 字节，超过上限 {limit} 字节", "规则文件都很小，请确认没有选错文件"),
        ("the file has {size} bytes, more than the limit of {limit}", "rule files are small: check that this is one"),
    ),
    "not-text": (
        ("文件既不是 UTF-8 也不是 GBK 文本（第 {offset} 字节）", "请用文本编辑器另存为 UTF-8"),
        ("the file is text neither in UTF-8 nor in GBK (byte {offset})", "save it as UTF-8 in a text editor"),
    ),
    "toml-syntax": (
        ("这里不是合法的 TOML：{reason}", "请检查这一行的写法：引号、括号、等号和日期"),
        ("this is not TOML: {reason}", "check this line: its quotes, brackets, equals signs and dates"),
    ),
    "fullwidth-character": (
        ("引号外有全角字符 {found}", "请用半角字符：{mended}"),
        ("full-width {found} outside quotes", "use the ASCII character: {mended}"),
    ),
    "unquoted-value": (
        ("{found} 没有加引号，TOML 读不了", "请加上引号：{mended}"),
        ("{found} stands without quotes, and TOML cannot read it", "put it in quotes: {mended}"),
    ),
    "bare-key": (
        ("键 {found} 不是 ASCII，必须加引号", "请加上引号：{mended}"),
        ("the key {found} is not ASCII and needs quotes", "put it in quotes: {mended}"),
    ),
    "duplicate-key": (
        ("{key} 写了两次", "只留一处"),
        ("{key} is written twice", "keep one of the two"),
    ),
    "too-deep": (
        ("表格和数组嵌套超过 {limit} 层", "请减少嵌套"),
        ("tables and arrays are nested more than {limit} deep", "nest less deeply"),
    ),
    "number-not-finite": (
        ("{value} 不是一个有限的数", "请写一个普通的数"),
        ("{value} is not a finite number", "write an ordinary number"),
    ),
    "number-too-large": (
        ("这个数的位数太多：小数点前后各不得超过 {limit} 位", "请检查是否多打了零"),
        ("the number has too many digits: at most {limit} before the point and after it", "check for stray zeros"),
    ),
    # The shape of a rule file or a facts file.
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
    # Finding rule files and joining them.
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
    # The sense of a rule file.
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
    # Facts.
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
    # Forms.
    "not-a-form": (
        ("这不是一张填好的自评表：有 {found}，没有 form", "{advice}"),
        ("this is no filled-in form: it has {found}, and no form", "{advice}"),
    ),
    "json-syntax": (
        ("这里不是合法的 JSON：{reason}", "请检查这一行的引号、逗号和括号"),
        ("this is not JSON: {reason}", "check the quotes, commas and brackets of this line"),
    ),
    "csv-syntax": (
        ("第 {line} 行不是合法的 CSV：{reason}", "请检查这一行的引号，或从电子表格重新另存为 CSV"),
        ("line {line} is not CSV: {reason}", "check its quotes, or save the sheet as CSV again"),
    ),
    "unread-format": (
        ("不能读 {found} 文件", "请另存为 .docx 或 .xlsx；能读的是 {known}"),
        ("files of the kind {found} are not read", "save it as .docx or .xlsx; what is read: {known}"),
    ),
    "extra-missing": (
        ("读 .{found} 文件需要 {needed}，没有安装", "请安装：pip install 'perfeval[{found}]'"),
        (
            "reading .{found} files takes {needed}, which is not installed",
            "install it: pip install 'perfeval[{found}]'",
        ),
    ),
    "document-unreadable": (
        ("无法打开这个文件：{reason}", "请用 Office 或 WPS 打开后另存一份"),
        ("the document cannot be opened: {reason}", "open it in an office program and save it again"),
    ),
    "formula-without-value": (
        ("{cells} 是公式，但文件里没有存它的结果", "请用 Excel 或 WPS 打开、保存一次，结果就存进去了"),
        (
            "{cells} are formulas whose results are not in the file",
            "open it in a spreadsheet program and save it once: that stores them",
        ),
    ),
    "unknown-layout": (
        (
            "没有找到自评表的表头：找到 {found}，缺 {missing}",
            "表头应有 三级指标、年度指标值、实际完成值、分值、得分；其他版式请填 perfeval new form 写出的 TOML",
        ),
        (
            "no heading of a form: found {found}, missing {missing}",
            "a heading has 三级指标, 年度指标值, 实际完成值, 分值 and 得分; for another layout fill in the TOML that `perfeval new form` writes",
        ),
    ),
    "file-exists": (
        ("文件已经存在", "请换一个名字；要覆盖它就加 --force"),
        ("the file is there already", "choose another name, or add --force to replace it"),
    ),
}

#: name → how severe it is where a rule file does not say, and what it says in Chinese and English.
FINDINGS: Final[dict[str, tuple[Severity, Pair]]] = {
    "no-reason": (
        "warning",
        ("{names}：{what}，没有填写原因", "{names}: {what}, and no reason is given"),
    ),
    "far-from-target": (
        "info",
        ("{names}：和目标值相差 {off}，超过 {limit}", "{names} is {off} off its target, more than {limit}"),
    ),
    "execution-scored-twice": (
        "warning",
        ("{names}：同一个比率计了两次分", "{names}: the same rate is scored twice"),
    ),
    # An audit: on paper alone.
    "total-mismatch": (
        "error",
        (
            "表上总分 {reported}，各行相加是 {computed}",
            "the printed total is {reported}, and the rows add up to {computed}",
        ),
    ),
    "weights-mismatch": (
        "error",
        (
            "分值合计不符：{what} {reported}，应为 {computed}",
            "the weights do not add up: {what} {reported}, and it is {computed}",
        ),
    ),
    "rate-mismatch": (
        "error",
        (
            "执行率写 {reported}，{executed} ÷ {budget} = {exact}，应为 {computed}{only}",
            "the rate is printed as {reported}; {executed} ÷ {budget} = {exact}, which is {computed}{only}",
        ),
    ),
    "execution-score-mismatch": (
        "error",
        (
            "预算执行得分写 {reported}；{weight} 分、执行率 {rate}，怎样取整都得不出，应为 {computed}",
            "the score of the execution is printed as {reported}; {weight} points at a rate of {rate} give it under no rounding, but {computed}",
        ),
    ),
    "funds-mismatch": (
        "error",
        (
            "{column}：资金总额 {reported}，各来源相加是 {computed}",
            "{column}: the total is {reported}, and its parts add up to {computed}",
        ),
    ),
    "breakdown-mismatch": (
        "error",
        (
            "{what}是 {reported}，支出明细相加是 {computed}",
            "{what} is {reported}, and the breakdown adds up to {computed}",
        ),
    ),
    "grade-mismatch": (
        "error",
        (
            "表上等级 {reported}，{total} 分应为 {computed}",
            "the printed grade is {reported}, and {total} earns {computed}",
        ),
    ),
    "score-above-weight": (
        "error",
        (
            "{name}：得分 {reported}，最多只能得 {computed}",
            "{name}: the score is {reported}, and the most is {computed}",
        ),
    ),
    "extra-values": (
        "warning",
        (
            "“{name}”一行有 {reported} 个数，表头只有 {computed} 列，无法确定哪个数属于哪一列",
            "the line {name} has {reported} values under {computed} headings: which belongs where is a guess",
        ),
    ),
    "unfilled": ("warning", ("没有填完：{names}", "not filled in: {names}")),
    "duplicate-indicator": ("warning", ("同一个指标写了不止一次：{name}", "the same indicator more than once: {name}")),
    "subrow-scored": (
        "warning",
        (
            "“{name}”是资金总额的一部分，不应再写分值和得分（写了 {values}）",
            "{name} is a part of the money and has no weight or score of its own ({values} printed)",
        ),
    ),
    "report-mismatch": (
        "error",
        (
            "报告写的{what}是 {reported}，表上是 {computed}",
            "the report concludes {what} {reported}, and the form says {computed}",
        ),
    ),
    "goal-overclaimed": (
        "info",
        (
            "总体目标写“{reported}”，但有 {count} 行扣了 {lost} 分",
            "the overall goal is said to be reached ({reported}), and {count} rows lost {lost} points",
        ),
    ),
    # An audit: against the rules.
    "score-mismatch": (
        "error",
        (
            "{name}：填报 {reported} 分，按规则（{method}）得 {computed} 分{working}",
            "{name}: {reported} is claimed, and the rule ({method}) gives {computed}{working}",
        ),
    ),
    "tier-mismatch": (
        "error",
        (
            "{name}：{reported} 分不在“{tier}”这一档（{share}，即 {computed} 分）",
            "{name}: {reported} lies outside the tier {tier} ({share}: {computed} points)",
        ),
    ),
    "met-but-deducted": (
        "warning",
        (
            "{name}：目标 {target}，实际 {actual}，已达到目标，却只得 {reported}/{computed} 分",
            "{name}: {actual} meets the target {target}, and earns only {reported} of {computed}",
        ),
    ),
    "missed-but-full": (
        "warning",
        (
            "{name}：目标 {target}，实际 {actual}，没有达到目标，却得满分 {reported}（按规则 {computed}）",
            "{name}: {actual} misses the target {target}, and has full marks of {reported} (the rule gives {computed})",
        ),
    ),
    "structure-mismatch": ("warning", ("{what}", "{what}")),
    "misplaced-indicator": (
        "warning",
        (
            "{name}：按名称应属于{wanted}，却放在“{group}”下",
            "{name}: by its name it belongs under {wanted}, and stands under {group}",
        ),
    ),
    "unassigned": ("warning", ("规则没有说明怎样给这些行计分：{names}", "the rules say of no method for: {names}")),
    # An audit: on the evidence.
    "no-reason-for-deviation": (
        "warning",
        (
            "{name}：实际 {reported}，{side} {computed} 达 {off}（超过 {limit}），没有填写原因",
            "{name}: {reported} is {off} {side} {computed} (more than {limit}), and no reason is given",
        ),
    ),
    "full-marks-on-blank": (
        "warning",
        (
            "目标或实际是空的，却得满分（{count} 行）：{names}",
            "full marks for {count} rows whose target or actual is blank: {names}",
        ),
    ),
    "unmeasurable-target": (
        "info",
        (
            "{name}：目标“{target}”无法衡量，实际写的是“{actual}”",
            "{name}: nothing can be measured by the target {target}; the actual says {actual}",
        ),
    ),
    "bound-as-actual": (
        "warning",
        (
            "实际值只是一个界限，没有写到底完成多少（{count} 行）：{names}",
            "the actual is only a bound, and not what was reached ({count} rows): {names}",
        ),
    ),
    "unit-mismatch": (
        "warning",
        (
            "{name}：目标 {target} 和实际 {actual} 的单位对不上",
            "{name}: the units of target {target} and actual {actual} do not fit",
        ),
    ),
    "double-scale": (
        "info",
        (
            "表头的单位已经是{unit}，格里又写了万或亿（{count} 处）：{reported}",
            "the heading says {unit} already, and {count} cells say their multiple again: {reported}",
        ),
    ),
    "text-for-number": (
        "warning",
        (
            "{name}：这里应是数（{target}），写的是“{actual}”",
            "{name}: a number is due ({target}), and the cell says {actual}",
        ),
    ),
    "odd-rate": (
        "info",
        (
            "“{name}”的执行率写作 {reported}，没有百分号；这里按 {computed} 读",
            "the rate of {name} is printed as {reported}, without %; it is read as {computed}",
        ),
    ),
    "unspent-funds": (
        "warning",
        (
            "预算 {computed}，只执行 {reported}，还剩 {amount}（{share}）；{told}",
            "of {computed} only {reported} was spent, and {amount} ({share}) is left; {told}",
        ),
    ),
    "ahead-of-execution": (
        "info",
        (
            "{count} 个指标平均完成 {reported}，预算只执行了 {computed}",
            "{count} indicators earn {reported} on average, with {computed} of the money spent",
        ),
    ),
    "incomparable": (
        "warning",
        (
            "{name}：“{target}”和“{actual}”说的不是一件事，无法比较",
            "{name}: {target} and {actual} count different things and cannot be compared",
        ),
    ),
}

#: name → (Chinese, English): every other sentence, heading and word.
SENTENCES: Final[dict[str, Pair]] = {
    # Audits.
    "reason-asked": ("规则要求说明原因", "the rule asks for a reason"),
    "reason-for-points": ("共扣 {points} 分", "{points} points lost"),
    "weights-of-form": ("表上合计写", "their printed sum is"),
    "weights-of-policy": ("各行相加是", "they add up to"),
    "weights-of-group": ("“{name}”的表头写", "the heading {name} states"),
    "only-up": ("；只有进位才得 {reported}", "; only rounding up gives {reported}"),
    "only-down": ("；只有舍去才得 {reported}", "; only rounding down gives {reported}"),
    "column-year-start-budget": ("年初预算数", "year-start budget"),
    "column-annual-budget": ("全年预算数", "annual budget"),
    "column-executed": ("全年执行数", "amount executed"),
    "spending-total": ("支出明细的合计", "the total of the breakdown"),
    "conclusion-total": ("总分", "a total of"),
    "conclusion-grade": ("等级", "the grade"),
    "conclusion-budget": ("预算", "a budget of"),
    "conclusion-executed": ("支出", "an expenditure of"),
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
    "group-time": ("时效指标", "时效指标 (timeliness)"),
    "group-satisfaction": ("满意度指标", "满意度指标 (satisfaction)"),
    "above-target": ("高于目标", "above"),
    "below-target": ("低于目标", "below"),
    "funds-explained": ("表里的说明：“{text}”", "the form says of it: {text}"),
    "funds-unexplained": ("表里没有说明", "the form does not say why"),
    "the-rate": ("执行率", "a rate"),
    "why-unassigned": ("规则没有说明怎样计分", "the rules say of no method for it"),
    "why-no-weight": ("没有分值", "it has no weight"),
    "why-judged": ("由人评定", "a person judges it"),
    "why-period": (
        "实际只是重复了目标的时间段，没有日期可查",
        "the actual only repeats the period of the target, and says no day",
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
    "verdict-computed": (
        "其余 {judged} 行按单位评分，得 {total} {grade}",
        "with the other {judged} as the unit judged them: {total} {grade}",
    ),
    "verdict-computed-own": (
        "其余 {judged} 行按单位评分，得 {total} {grade}（按表自己的取整；按规则的取整是 {policy}）",
        "with the other {judged} as the unit judged them: {total} {grade}, in the form's own rounding ({policy} at the policy's)",
    ),
    # Why a line is not TOML, in fewer and plainer words than the parser has.
    "toml-more": ("值或表头的后面还有别的内容", "something follows the value or the header"),
    "toml-statement": (
        "既不是 键 = 值，也不是 [表头]，也不是注释",
        "neither key = value, nor a [header], nor a comment",
    ),
    "toml-equals": ("键的后面没有等号", "no equals sign follows the key"),
    "toml-value": ("这里缺少一个值，或者这个值读不了", "a value is missing here, or cannot be read"),
    "toml-array": ("数组缺少逗号或右方括号", "the array lacks a comma or its closing bracket"),
    "toml-table": ("行内表缺少逗号或右花括号", "the inline table lacks a comma or its closing brace"),
    "toml-unclosed": ("这个括号没有配对的右括号", "this bracket is never closed"),
    "toml-string": ("引号没有配对", "a quote has no partner"),
    "toml-escape": (
        "字符串里的反斜杠后面不是合法的转义",
        "the backslash in the string starts no escape that TOML knows",
    ),
    "toml-character": ("这里有一个不能直接写的控制字符", "there is a control character, which may not stand here"),
    "toml-key": ("这里缺少一个键", "a key is missing here"),
    "toml-header": ("表头缺少右方括号", "the header lacks its closing bracket"),
    "toml-date": ("没有这个日期或时间", "there is no such date or time"),
    "toml-colon": ("键的后面要写等号，这里是冒号", "a colon stands where the equals sign belongs"),
    "toml-quote-open": ("这个引号没有配对的右引号", "this quote is never closed"),
    "toml-quote-missing": ("这段文字的前面缺少引号", "the quote in front of this text is missing"),
    "write-line": ("请写成：{mended}", "write {mended}"),
    "points-alone": (
        "分数只写数字，不写单位，也不加引号：{mended}",
        "points are a number alone, without unit or quotes: {mended}",
    ),
    "number-alone": (
        "只写数字，不写单位，也不加引号：{number}",
        "write the number alone, without unit or quotes: {number}",
    ),
    "did-you-mean": ("是不是 {guess}？", "did you mean {guess}?"),
    "string-for-number": (
        '分数不加引号：{found}；比例写百分号："{percent}"',
        'points go without quotes: {found}; a part with a percent sign: "{percent}"',
    ),
    "one-of-two": ('请写明是 "{first}" 还是 "{second}"', 'write which it is: "{first}" or "{second}"'),
    "unit-of": ('请给 {key} 写上单位，如 {key} = "{mended}"', 'write the unit of {key}, as in {key} = "{mended}"'),
    "by-completion": (
        '比较完成程度，请写 measure = "completion"',
        'for bands of the completion write measure = "completion"',
    ),
    "say-facts": ("请在各行的上面单独写一行 [facts]", "write a line [facts] above the rows"),
    "excel-date": (
        'Excel 里的 {found} 是 {date}；如果是它，请写 "{date}"',
        'Excel means {date} by {found}; if that is it, write "{date}"',
    ),
    "say-weight": (
        '请写 weight = …，或在分组里写 split = "equal"',
        'write weight = …, or split = "equal" in its group',
    ),
    "assumed-none": ("{name}：没有填 {items}，按 0 次计", "{name}: {items} not given, counted as 0"),
    "assumed-no": ("没有填 {when}，按“否”计", "{when} is not given and read as no"),
    "always-above-zero": ("目标值 ÷ 实际值总大于 0", "target ÷ actual is always above 0"),
    "between-days": ("两个日期之间没有别的日子", "no day lies there"),
    "always-at": ("没有它也总是得 {limit}", "without it the score is always {limit}"),
    "counts-nothing": ("它的分数是 0", "its points are 0"),
    "in-points": ("{points} 分", "{points} points"),
    "as-counted": ("（{items} 时）", " (with {items})"),
    "share-meant": (
        '如果写的是百分比，请写 {key} = "{percent}"；如果是有意的，请在方法里写 allow = ["full-marks-unreachable"]',
        'if a part of the weight is meant, write {key} = "{percent}"; else write allow = ["full-marks-unreachable"] in the method',
    ),
    "say-better": (
        '请检查这两处，或用 better 写明哪边更好；如果正是这个意思，请在方法里写 allow = ["not-monotone"]',
        'check these two places, or say with `better` which side is better; if it is meant so, write allow = ["not-monotone"] in the method',
    ),
    "rounded-past": ("取整到 {step} 之后没有数落在这里", "nothing rounded to {step} lies there"),
    "give-grade": ("请写 from，或在 [[overrides]] 里用它", "give it a `from`, or an override that says it"),
    "never-given": ("没有 from，也没有 [[overrides]] 用到它", "it has no `from`, and no override gives it"),
    "totals-from-to": ("总分在 {low} 到 {high} 之间", "totals lie between {low} and {high}"),
    "scores-from-to": (
        "得分在 {low} 到 {high} 之间，不会 {edge}",
        "the score lies between {low} and {high}, never {edge}",
    ),
    "group-holds": ("请改小：分组只有这么多分", "lower it: the group weighs no more"),
    "sums-from-to": ("合计在 {low} 到 {high} 之间", "sums lie between {low} and {high}"),
    "no-levels": ("这个方法不按等级分区间，请删去 levels", "its method asks for no levels: take `levels` out"),
    "check-two-lines": ("请检查这两行", "check these two lines"),
    "best-of-all": ("{best} 已经是最高的等级", "{best} is the best grade there is"),
    "working-of": ("例子“{name}”的计算过程", "the working of the example “{name}”"),
    "second-place": ("  另一处：{place}", "  and here: {place}"),
    "as-string": ('请加上引号，写成 "…"', 'put it in quotes, as in "…"'),
    "as-number": ("请只写数，不加引号，如 100", "write the number alone, without quotes, as in 100"),
    "as-integer": ("请写整数，不加引号，如 1", "write a whole number, without quotes, as in 1"),
    "as-boolean": ("请写 true（是）或 false（否），不加引号", "write true or false, without quotes"),
    "as-date": ("请写日期，不加引号，如 2020-02-25", "write a date, without quotes, as in 2020-02-25"),
    "as-array": ('请用方括号括起来，如 ["…", "…"]', 'put it in square brackets, as in ["…", "…"]'),
    "as-table": ("请写成表，如 {{ 键 = 值 }}", "write a table, as in {{ key = value }}"),
    "rate-in-percent": ('比率的取整单位写百分比，如 "0.01%"', 'a rate is rounded to a percentage, as in "0.01%"'),
    "quantum-in-points": ('得分的取整单位写分数，如 "0.01"', 'a score is rounded to points, as in "0.01"'),
    "highest-first": ("把最高的放在最前面", "put the highest first"),
    "lowest-first": ("把最低的放在最前面", "put the lowest first"),
    "is-facts-file": (
        "这是事实文件；要评分请写：perfeval score 规则文件 事实文件",
        "this is a facts file; to score it: perfeval score RULES FACTS",
    ),
    "is-rule-file": (
        "这是规则文件，事实文件以 [facts] 开头；要评分请写：perfeval score 规则文件 事实文件",
        "this is a rule file, and facts stand under [facts]; to score: perfeval score RULES FACTS",
    ),
    "say-kind": ('写上 kind = "…"，可选：{known}', 'write kind = "…", which is one of {known}'),
    "say-steps": (
        '差 2.4 步时，steps = "whole" 计 2 步，"started" 计 3 步，"exact" 计 2.4 步；请写明一种',
        'write which it is: of 2.4 steps steps = "whole" counts 2, "started" 3, "exact" 2.4',
    ),
    "say-per": (
        '写上一步有多大，如 per = "10天"、per = "1%"',
        'write how long one step is, as in per = "10天" or per = "1%"',
    ),
    "drop-operator": (
        "{key} 已经说明了方向，去掉 {found} 前后的比较词",
        "{key} says the direction by itself: write the number alone, without the sign in {found}",
    ),
    "rest-last": ("不写边界的放在最后", "put the one without an edge last"),
    "term-of": ("{name} {weight}", "{name} {weight}"),
    "own-structure": (
        '各行：{terms}。本表的分值若与办法不同，在自己的文件里写 [structure] "{name}" = {found}',
        'the rows are {terms}; if this form weighs otherwise, write [structure] "{name}" = {found} in its own file',
    ),
    "two-hints": ("{first}{second}", "{first} {second}"),
    # Words that stand inside other sentences.
    "value": ("完成值", "the value"),
    "completion": ("完成程度", "completion"),
    "difference": ("差值", "the difference"),
    "deviation": ("偏差率", "the deviation"),
    "higher": ("越高", "higher"),
    "lower": ("越低", "lower"),
    "everything": ("全部", "everything"),
    "taken-from": (" {edge} 起的全部", "everything from {edge}"),
    "taken-above": ("高于 {edge} 的全部", "everything above {edge}"),
    "taken-to": ("不超过 {edge} 的全部", "everything up to {edge}"),
    "taken-below": ("低于 {edge} 的全部", "everything below {edge}"),
    "not-below-zero": ("不小于 0", "0 or more"),
    "above-zero": ("大于 0", "above 0"),
    "nothing": ("无", "nothing"),
    "a-number": ("数", "a number"),
    "the-target": ("目标值", "the target"),
    "the-first-unit": ("第一个单位", "the first unit"),
    "the-first-edge": ("第一个边界", "the first edge"),
    "the-amount": (" {name}", "{name}"),
    "the-total": ("全表", "the whole file"),
    "no-rows": ("没有指标", "none at all"),
    "no-basis": ("没有写依据", "no basis given"),
    "no-grade": ("没有等级", "no grade"),
    "no-problem": ("没有错误", "no problem"),
    "noun-file": ("文件", "the file"),
    "noun-fact": ("这个指标的事实", "the fact"),
    "noun-indicator": ("指标", "an indicator"),
    "noun-grade": ("等级", "a grade"),
    "noun-band": ("区间", "a band"),
    "noun-tier": ("档", "a tier"),
    "noun-example": ("例子", "an example"),
    "noun-assign": ("[[assign]] 的一条", "a line of [[assign]]"),
    "noun-group": ("分组", "a group"),
    "noun-item": ("计数项", "an item"),
    "noun-override": ("[[overrides]] 的一条", "an override"),
    "noun-table": ("这个表", "this table"),
    "method-of-kind": ("{name}（{kind}）", "{name} ({kind})"),
    "noun-any-method": ("方法", "a method"),
    "noun-method": ("{kind} 方法", "a {kind} method"),
    "place-of": ("{path} ", "{path}"),
    "place-indicators": ("第 {index} 个指标", "indicator {index}"),
    "place-grades": ("第 {index} 个等级", "grade {index}"),
    "place-bands": ("第 {index} 个区间", "band {index}"),
    "place-tiers": ("第 {index} 档", "tier {index}"),
    "place-items": ("第 {index} 个计数项", "item {index}"),
    "place-overrides": ("[[overrides]] 第 {index} 条", "override {index}"),
    "place-examples": ("第 {index} 个例子", "example {index}"),
    "place-assign": ("[[assign]] 第 {index} 条", "line {index} of [[assign]]"),
    "type-boolean": ("真假值", "a boolean"),
    "type-integer": ("整数", "an integer"),
    "type-number": ("数字", "a number"),
    "type-string": ("带引号的文字", "a string"),
    "type-table": ("表", "a table"),
    "type-array": ("列表", "an array"),
    "type-date": ("日期", "a date"),
    "type-time": ("带钟点的时间", "a time of day"),
    "type-other": ("程序里的 {name} 类型", "a {name} of a program"),
    "type-quantity": ("数、日期或带单位的文字", "a number, a date, or a string with its unit"),
    "type-method": ("方法的名称或表", "the name of a method, or a table"),
    "type-tier": ("档的名称", "the name of a tier"),
    "type-amount": ("分数或百分比", "points or a percentage"),
    "range-one": ("{score} 分", "{score} points"),
    "range-closed": ("{low} … {high} 分", "{low} … {high} points"),
    "range-open": ("{low} … 低于 {high} 分", "{low} … below {high} points"),
    "range-of": ("{ends}", "{ends}"),
    "range-all": ("为任何值", "of any value"),
    "mode-half-up": ("四舍五入", "half up"),
    "mode-half-even": ("四舍六入五成双", "half to even"),
    "mode-down": ("舍去尾数", "down"),
    "mode-up": ("进一", "up"),
    "count-whole": ("只计满步", "whole steps only"),
    "count-started": ("不满一步按一步计", "a started step counts"),
    "count-exact": ("按比例计", "in proportion"),
    "kind-proportional": ("按比例计分", "proportional"),
    "kind-threshold": ("达标计分", "threshold"),
    "kind-banded": ("分区间计分", "banded"),
    "kind-stepped": ("按步加减分", "stepped"),
    "kind-graded": ("定性分档计分", "graded"),
    "kind-counted": ("按次数加减分", "counted"),
    "not-applicable-here": ("不适用", "does not apply"),
    "overridden": ("另有规定：{how} → {value}", "overridden: {how} → {value}"),
    "left-out": ("括号内的得分不计入本组", "scores in brackets are not among the best of their group"),
    "noticed": ("注意：{what}", "noticed: {what}"),
    # The working.
    "term-actual": ("实际完成值", "actual"),
    "term-target": ("目标值", "target"),
    "term-assumption": ("读数", "reading"),
    "term-completion": ("完成程度", "completion"),
    "term-difference": ("差值", "difference"),
    "term-deviation": ("偏差率", "deviation"),
    "term-rate-rounding": ("比率取整", "rate rounded"),
    "term-zero-target": ("目标为 0", "target of 0"),
    "term-pass-mark": ("及格线", "pass mark"),
    "term-steps": ("步数", "steps"),
    "term-share": ("得分系数", "share"),
    "term-cap": ("封顶", "cap"),
    "term-floor": ("保底", "floor"),
    "term-tier": ("档", "tier"),
    "term-judged": ("评定", "judged"),
    "term-tier-share": ("档的得分", "tier's score"),
    "term-item": ("计数", "counted"),
    "term-start": ("起点", "start"),
    "term-weight": ("分值", "weight"),
    "term-void": ("不适用", "not applicable"),
    "term-merged": ("合并", "merged"),
    "term-mean": ("平均", "mean"),
    "term-best": ("取最好", "best"),
    "term-weakest": ("取最弱", "weakest"),
    "term-convert": ("换算", "converted"),
    "term-override": ("另有规定", "override"),
    "weight-given": ("{before}，加上不适用的指标让出的", "{before} and what rows that do not apply gave"),
    "reason-given": ("说明了原因，这个区间不算", "a reason is given, and lifts the band"),
    "term-lifted": ("说明原因", "reason given"),
    "does-not-apply": ("这个指标不适用", "this row does not apply"),
    "item-counted": ("{name}：{count} 次，每次 {each}{limit}", "{name}: {count} times {each}{limit}"),
    "at-most": ("，最多计 {times} 次", ", at most {times} times"),
    "best-of": ("{name}：最好的 {count} 个 {terms}", "{name}: the best {count}: {terms}"),
    "weakest-of": ("{name}：{terms} 中最低的", "{name}: the lowest of {terms}"),
    "weakest-plus": (
        "{name}：{terms} 中最低的，另有更高的，加 {plus}",
        "{name}: the lowest of {terms}, and {plus} as others are better",
    ),
    "converted": (
        "{name}：{count} 个共 {terms} = {sum}，查表",
        "{name}: {count} add up to {terms} = {sum}, by the table",
    ),
    "group-cap": ("{name}：{score} 超过上限 {cap}", "{name}: {score} is above the cap of {cap}"),
    "override-holds": ("{when}：是", "{when}: yes"),
    "override-score": ("{when} 的得分 {edge}", "the score of {when} {edge}"),
    "term-points": ("得分", "points"),
    "term-rounding": ("取整", "rounded"),
    "term-sum": ("合计", "sum"),
    "term-grade-rounding": ("定级取整", "rounded for the grade"),
    "term-grade": ("等级", "grade"),
    "rounded": ("{value} 取整到 {step}（{mode}）", "{value} rounded to {step} ({mode})"),
    "limit-cap": ("{share} 超过上限 {limit}", "{share} is above the cap of {limit}"),
    "limit-floor": ("{share} 低于下限 {limit}", "{share} is below the floor of {limit}"),
    "share-flat": ("{measure} {range}", "{measure} {range}"),
    "steps-counted": ("{side} {distance} ÷ {per}，{count}", "{side} {distance} ÷ {per}, {count}"),
    "side-better": ("优于目标", "better by"),
    "side-worse": ("差于目标", "worse by"),
    "side-level": ("与目标相差", "away by"),
    "tier-range": ("{tier}：{range}", "{tier}: {range}"),
    "zero-target-says": (
        "目标值为 0，不作除数；实际 {actual}",
        "the target is 0 and nothing is divided by it; actual {actual}",
    ),
    "multiplier-in-both": (
        "一处写了万、亿等，另一处没有：两处都写，或都不写",
        "one has 万, 亿 or the like and the other has none: write it in both, or in neither",
    ),
    "assumed-number": (
        "{name}：目标值 {expected} 没有写单位，{found} 只按数字比较",
        "{name}: the target {expected} has no unit, so {found} is compared as a number",
    ),
    "assumed-year": (
        "{name}：{found} 和 {expected} 都没有写年份，按同一年读",
        "{name}: neither {found} nor {expected} has a year; both are read in the same one",
    ),
    "assumed-unit": ("{name}：{found} 没有写单位，按 {unit} 读", "{name}: {found} has no unit and is read in {unit}"),
    "equals": ("{formula} = {value}", "{formula} = {value}"),
    "leads-to": ("{formula}：{value}", "{formula}: {value}"),
    "assumed-day": ("{name}：{found} 没有写到日，按 {day} 读", "{name}: {found} names no day and is read as {day}"),
    "by-default": ("默认的 {key}", "{key} by default"),
    "example-of-both": ("既写了一行的内容，又写了整张表的内容", "is of one row and of a whole form at once"),
    "example-of-nothing": ("没有写明应得的结果", "says nothing of what must come of it"),
    # A score in the terminal.
    "head-indicator": ("指标", "indicator"),
    "head-target": ("目标值", "target"),
    "head-actual": ("实际完成值", "actual"),
    "head-score": ("得分", "score"),
    "head-weight": ("分值", "weight"),
    "head-lost": ("失分", "lost"),
    "head-method": ("方法", "method"),
    "head-title": ("名称", "title"),
    "head-basis": ("依据", "basis"),
    "head-reasons": ("失分（从多到少）", "points lost, dearest first"),
    "total": ("总分", "total"),
    "score-of-weight": ("{score} / {weight} 分", "{score} of {weight}"),
    "says-total": ("总分 {total}  {grade}", "total {total}  {grade}"),
    "says-claim": ("填报 {total} {grade}", "the form claims {total} {grade}"),
    "claim-more": ("：比计算结果多 {difference} 分", ", {difference} more than by the rules"),
    "claim-less": ("：比计算结果少 {difference} 分", ", {difference} less than by the rules"),
    "claim-other-grade": ("，按规则应为 {grade}", "; the grade would be {grade}"),
    "claim-agrees": ("：与计算结果一致", ", and the rules agree"),
    "reason-missing": ("应说明原因，未填写", "a reason is asked for and none is given"),
    "assumed": ("假定：{what}", "assumed: {what}"),
    "rests-on": ("规则 {id} · {basis}", "rules {id} · {basis}"),
    "hint": ("提示：", "hint: "),
    "mended": ("可改为：", "mended: "),
    "problems-found": ("共 {count} 个错误", "problems found: {count}"),
    "read-as": (
        "注意：{file} 按 {encoding} 编码读取，建议另存为 UTF-8",
        "note: {file} was read as {encoding}; better save it as UTF-8",
    ),
    # What a rule file says.
    "sum-facts": ("{file}：事实文件，{count} 个指标", "{file}: a facts file, indicators: {count}"),
    "sum-basis": ("依据：{basis}", "basis: {basis}"),
    "sum-dates": ("有效期：{since} 至 {until}", "holds from {since} to {until}"),
    "sum-uses": ("沿用 {id}（{basis}）", "uses {id} ({basis})"),
    "sum-total": ("满分 {total} 分，{count} 个指标", "{total} points in all, indicators: {count}"),
    "sum-group": (
        "{indent}{name}：{weight} 分，{count} 个指标{way}",
        "{indent}{name}: {weight} points, indicators: {count}{way}",
    ),
    "way-choose": ("，选 {count} 个{cap}", ", of which {count} apply{cap}"),
    "way-best": ("，计最好的 {count} 个{cap}", ", of which the best {count} count{cap}"),
    "way-weakest": (
        "，取最弱的，另有更高的加 {plus}{cap}",
        ", the weakest counts, and {plus} where others are better{cap}",
    ),
    "way-convert": ("，合计后查表换算{cap}", ", their sum is converted by a table{cap}"),
    "way-cap": ("，最多 {cap} 分", ", at most {cap} points"),
    "sum-group-alone": ("{indent}{name}：{weight} 分", "{indent}{name}: {weight}"),
    "sum-method": ("方法 {name}：{kind}", "method {name}: {kind}"),
    "sum-detail": ("    {line}", "    {line}"),
    "sum-assign": ("未写方法的指标，按第一条符合的：", "a row that names no method takes the first that fits:"),
    "sum-assign-line": ("    {conditions} → {method}", "    {conditions} → {method}"),
    "if-group": ("组或名称含“{value}”", "group or name has “{value}”"),
    "if-name": ("名称含“{value}”", "name has “{value}”"),
    "if-target": ("目标值是{value}", "the target is {value}"),
    "if-any": ("其余", "any other"),
    "target-number": ("数", "a number"),
    "target-percent": ("百分比", "a percentage"),
    "target-date": ("日期", "a date"),
    "target-text": ("文字", "words"),
    "target-none": ("空白", "none"),
    "sum-rounding": ("取整：{parts}", "rounding: {parts}"),
    "rounding-to": ("{what}取整到 {to}（{mode}）", "{what} to {to} ({mode})"),
    "rounding-rate": ("比率", "rates"),
    "rounding-row": ("每行得分", "each row"),
    "rounding-total": ("总分", "the total"),
    "rounding-grade": ("定级用的总分", "the total for the grade"),
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
    # What changed between two rule files.
    "section-file": ("文件", "the file"),
    "section-rounding": ("取整", "rounding"),
    "section-units": ("单位", "units"),
    "section-methods": ("评分方法", "methods"),
    "section-assign": ("方法的分配", "which method scores a row"),
    "section-structure": ("分组", "groups"),
    "section-indicators": ("指标", "indicators"),
    "section-overrides": ("一票", "overrides"),
    "section-grades": ("等级", "grades"),
    "section-audit": ("审查", "audit"),
    "section-examples": ("例子", "examples"),
    "section-wording": ("只改了文字，不影响得分", "wording only, no score rests on it"),
    "change-added": ("新增 {what}", "added {what}"),
    "change-removed": ("删去 {what}", "removed {what}"),
    "change-changed": ("{what}：{before} → {after}", "{what}: {before} → {after}"),
    "change-inside": ("{what}：内容有改动", "{what}: changed inside"),
    "change-says": ("：{what}", ": {what}"),
    "at-method": ("方法 {name}", "method {name}"),
    "at-band": ("区间 {edge}", "band {edge}"),
    "at-tier": ("档 {name}", "tier {name}"),
    "at-item": ("计数项 {name}", "item {name}"),
    "at-grade": ("等级 {name}", "grade {name}"),
    "at-indicator": ("指标 {name}", "indicator {name}"),
    "at-override": ("一票 {when}", "override {when}"),
    "at-assign": ("分配（{conditions}）", "line of [[assign]] ({conditions})"),
    "at-example": ("例子 {name}", "example {name}"),
    "at-group": ("分组 {name}", "group {name}"),
    "at-unit": ("单位 {name}", "unit {name}"),
    "item-method": ("方法名称", "name of the method"),
    "item-band": ("区间", "band"),
    "item-tier": ("档", "tier"),
    "item-item": ("计数项", "item"),
    "item-grade": ("等级", "grade"),
    "item-assign": ("分配的条件", "conditions of a line of [[assign]]"),
    "item-override": ("一票的条件", "condition of an override"),
    "word-yes": ("是", "yes"),
    "word-no": ("否", "no"),
    "word-points": ("{value} 分", "{value} points"),
    "word-point": ("{value} 分", "{value} point"),
    "word-unlimited": ("不限", "no limit"),
    "word-not-rounded": ("不取整", "not rounded"),
    "word-sum": ("各行之和", "the sum of the rows"),
    "word-as-printed": ("印出的总分", "the total as printed"),
    "word-precision": ("{to}（{mode}）", "{to} ({mode})"),
    "word-split": ("平分（取整：{to}，余下的：{rest}）", "in equal parts (rounded: {to}; the rest: {rest})"),
    "split-first": ("给第一个", "to the first row"),
    "split-last": ("给最后一个", "to the last row"),
    "split-spread": ("从第一个起各加一点", "spread over the first rows"),
    "key-with-value": ("{key} {value}", "{key} {value}"),
    "key-order": ("次序", "order"),
    "key-id": ("id", "id"),
    "key-title": ("名称", "title"),
    "key-lang": ("语言", "language"),
    "key-uses": ("沿用", "uses"),
    "key-basis": ("依据", "basis"),
    "key-note": ("备注", "note"),
    "key-since": ("起始日期", "first day"),
    "key-until": ("截止日期", "last day"),
    "key-total": ("满分", "total"),
    "key-cap": ("上限", "cap"),
    "key-floor": ("下限", "floor"),
    "key-not-applicable": ("不适用指标的分值归", "the weight of a row that does not apply goes to"),
    "key-mode": ("取整方式", "mode"),
    "key-kind": ("种类", "kind"),
    "key-items": ("计数项", "items"),
    "key-better": ("方向", "better"),
    "key-actual": ("实际值的来源", "what the actual is made of"),
    "key-target": ("目标值", "target"),
    "key-zero-target": ("目标为 0 时", "where the target is 0"),
    "key-merge": ("几个单位", "several units"),
    "key-reverse": ("越低越好时的完成程度", "completion where less is better"),
    "key-needs-reason": ("要说明原因", "asks for a reason"),
    "key-allow": ("有意不证明的", "proofs it may fail"),
    "key-zero": ("不得分", "earns nothing"),
    "key-otherwise": ("未达到时", "otherwise"),
    "key-measure": ("按什么计", "measure"),
    "key-bands": ("区间", "bands"),
    "key-interpolate": ("边界之间按直线取值", "straight lines between the edges"),
    "key-per": ("一步", "one step"),
    "key-steps": ("不满一步", "a begun step"),
    "key-start": ("起点", "start"),
    "key-minus": ("扣", "minus"),
    "key-plus": ("加", "plus"),
    "key-tiers": ("档", "tiers"),
    "key-from": ("起始分", "from"),
    "key-above": ("高于", "above"),
    "key-to": ("不超过", "to"),
    "key-below": ("低于", "below"),
    "key-level": ("本行的标准", "level"),
    "key-levels": ("本行的标准", "level"),
    "key-score": ("得", "score"),
    "key-unless": ("除非", "unless"),
    "key-name": ("名称", "name"),
    "key-aliases": ("别名", "aliases"),
    "key-times": ("最多次数", "times at most"),
    "key-method": ("方法", "method"),
    "key-group": ("分组", "group"),
    "key-weight": ("分值", "weight"),
    "key-split": ("其余分值", "the weight that is left"),
    "key-choose": ("选几个", "members that apply"),
    "key-best": ("取最好的几个", "best that count"),
    "key-combine": ("合成方式", "combined by"),
    "key-convert": ("换算表", "conversion"),
    "key-when": ("条件", "when"),
    "key-grade": ("等级", "grade"),
    "key-best-grade": ("最高等级", "best grade"),
    "key-deviation": ("偏离目标的限度", "limit of the deviation"),
    "key-severity": ("轻重", "severity"),
    # Whose score moves.
    "no-changes": ("两个规则文件的意思相同", "the two rule files mean the same"),
    "head-form": ("表", "form"),
    "head-before": ("原", "old"),
    "head-after": ("新", "new"),
    "head-by": ("变化", "by"),
    "head-grade": ("等级", "grade"),
    "head-rows": ("变化的指标", "rows that move"),
    "move-row": ("{name}：{before} → {after}", "{name}: {before} → {after}"),
    "moves-more": ("另有 {count} 个指标", "rows besides: {count}"),
    "moves-summary": (
        "共 {forms} 张表：得分变化 {moved} 张，等级变化 {graded} 张",
        "forms: {forms}; score moves in {moved}, grade changes in {graded}",
    ),
    "moves-lost": ("；只有一方能计分 {count} 张", "; scored by one of the two only: {count}"),
    "moves-bad": ("；无法计分 {count} 张", "; not scored at all: {count}"),
    "lost-by-old": ("{facts}：原规则无法计分", "{facts} cannot be scored by the old rules"),
    "lost-by-new": ("{facts}：新规则无法计分", "{facts} cannot be scored by the new rules"),
    "scoring-forms": ("计分", "scoring"),
    # The command line.
    "usage-hint": ("用 {prog} --help 查看用法", "see {prog} --help"),
    "help-perfeval": (
        "按 TOML 规则文件精确计分，并说明每一分的来历。",
        "Score by rules in TOML, exactly, and explain every point.",
    ),
    "help-score": ("按规则给一张表计分", "score one form by a rule file"),
    "help-explain": ("逐项写出计算过程", "show the working, term by term"),
    "help-check": ("检查规则文件，并用平常话说明它的内容", "check rule files, and say in plain words what they say"),
    "help-show": (
        "写出规则文件连同所引用文件的全部内容，并注明每一行的出处",
        "print a rule file with all that it uses, and where each line comes from",
    ),
    "help-show-year": ("只写这一年有效的内容", "only what stands in that year"),
    "help-rules": ("列出自带的规则文件", "list the rule files that come with perfeval"),
    "help-compare": (
        "说明两个规则文件有什么不同，谁的得分和等级会变",
        "say what changed between two rule files, and whose score and grade would move",
    ),
    "help-arg-old": ("原来的规则文件，或规则 id", "the old rule file, or its id"),
    "help-arg-new": ("新的规则文件，或规则 id", "the new rule file, or its id"),
    "help-arg-forms": ("事实文件，或放事实文件的文件夹", "facts files, or folders of them"),
    "help-lang": ("语言：zh 或 en", "language: zh or en"),
    "help-format": ("输出：table 给人看，json 给程序用", "output: table for people, json for programs"),
    "help-year": ("表的年份：有日期的规则按它取舍", "the form's year: it chooses among rules that have dates"),
    "help-rules-path": ("另外查找规则文件的文件夹，可重复", "a folder to look for rule files in; may be repeated"),
    "help-arg-rules": ("规则文件，或规则 id", "a rule file, or the id of one"),
    "help-arg-facts": ("事实文件（TOML）", "a facts file (TOML)"),
    "help-arg-indicator": (
        "指标的名称、id 或 组/名称；不写则全部",
        "an indicator's name, id or group/name; all if left out",
    ),
    "help-arg-paths": ("规则文件、文件夹或规则 id", "rule files, folders or ids"),
    "help-no-examples": ("不运行规则文件里的例子", "do not run the examples in the rule files"),
}
