"""Every sentence shown to a person, in Chinese and English; ``messages`` fills them in, nothing else is stored here."""

from __future__ import annotations

from typing import Final, TypeAlias

Pair: TypeAlias = tuple[str, str]

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

#: name → (Chinese, English): every other sentence, heading and word.
SENTENCES: Final[dict[str, Pair]] = {
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
    "not-yet-applicable": (
        "这个版本还不能写“不适用”：请填写，或把这个指标从规则文件里去掉，不要给它打分",
        "this version cannot say yet that a row does not apply: fill it in, or take the row out of the scorecard",
    ),
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
    "noun-table": ("这个表", "this table"),
    "method-of-kind": ("{name}（{kind}）", "{name} ({kind})"),
    "noun-any-method": ("方法", "a method"),
    "noun-method": ("{kind} 方法", "a {kind} method"),
    "place-of": ("{path} ", "{path}"),
    "place-indicators": ("第 {index} 个指标", "indicator {index}"),
    "place-grades": ("第 {index} 个等级", "grade {index}"),
    "place-bands": ("第 {index} 个区间", "band {index}"),
    "place-tiers": ("第 {index} 档", "tier {index}"),
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
        "{indent}{name}：{weight} 分，{count} 个指标",
        "{indent}{name}: {weight} points, indicators: {count}",
    ),
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
    "says-cap": ("上限 {cap}", "at most {cap}"),
    "says-floor": ("下限 {floor}", "at least {floor}"),
    # The command line.
    "usage-hint": ("用 {prog} --help 查看用法", "see {prog} --help"),
    "help-perfeval": (
        "按 TOML 规则文件精确计分，并说明每一分的来历。",
        "Score by rules in TOML, exactly, and explain every point.",
    ),
    "help-score": ("按规则给一张表计分", "score one form by a rule file"),
    "help-explain": ("逐项写出计算过程", "show the working, term by term"),
    "help-check": ("检查规则文件，并用平常话说明它的内容", "check rule files, and say in plain words what they say"),
    "help-rules": ("列出自带的规则文件", "list the rule files that come with perfeval"),
    "help-lang": ("语言：zh 或 en", "language: zh or en"),
    "help-format": ("输出：table 给人看，json 给程序用", "output: table for people, json for programs"),
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
