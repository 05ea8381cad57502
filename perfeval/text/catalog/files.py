"""Texts about files, and about lines that are not TOML."""

from __future__ import annotations

from typing import Final

from perfeval.text.pairs import Pair

PROBLEMS: Final[dict[str, tuple[Pair, Pair]]] = {
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
    "no-forms": (
        ("文件里没有表", "第一行写列名，以下每行写一张表"),
        ("the file holds no forms", "write the names of the columns in the first line, and a form in each line below"),
    ),
    "missing-column": (
        ("没有 {found} 的列", "请加上一列：{known}"),
        ("there is no column for {found}", "add a column {known}"),
    ),
    "duplicate-column": (
        ("{found} 已经是第 {first} 列", "请去掉其中一列"),
        ("{found} is column {first} already", "take one of them away"),
    ),
    "ragged-row": (
        ("这一行有 {found} 格，表头有 {count} 格", "请检查是否缺格、多格，或文件被截断；含逗号的格要加引号"),
        (
            "the row has {found} cells, the header has {count}",
            "look for a cell too many or too few, or a file cut short; a cell with a comma stands in quotes",
        ),
    ),
    "duplicate-id": (
        ("{found} 在第 {first} 行已经有了", "每张表的编号只能用一次"),
        ("{found} stands on line {first} already", "each form has an id of its own"),
    ),
    "broken-line": (
        ("这一行读不下去：{reason}", "请检查引号和括号是否成对，文件是否被截断"),
        ("the line cannot be read: {reason}", "look for a quote or a bracket that is not closed, or a file cut short"),
    ),
}

SENTENCES: Final[dict[str, Pair]] = {
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
    "with-reason": ("（说明了原因时）", " (with a reason)"),
    "as-counted-with-reason": ("（{items} 且说明了原因时）", " (with {items} and a reason)"),
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
    "own-structure": (
        '各行：{terms}。本表的分值若与办法不同，在自己的文件里写 [structure] "{name}" = {found}',
        'the rows are {terms}; if this form weighs otherwise, write [structure] "{name}" = {found} in its own file',
    ),
    "two-hints": ("{first}{second}", "{first} {second}"),
}
