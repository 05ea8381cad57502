"""perfeval.rulefile.structure: what rows weigh, what groups hold, and that it all adds up."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

import perfeval
from perfeval.rulefile.groups import above, tidy

METHOD = 'method = { kind = "graded", tiers = [{ name = "满", score = "100%" }, { name = "无", score = 0 }] }'


def card(rows: list[tuple[str, str, str]], structure: str = "", total: str = "100") -> str:
    """A rule file of rows, each its name, group and weight as TOML has it."""
    head = f'format = 1\nid = "groups"\ntitle = "分组"\ntotal = {total}\n'
    tables = "".join(
        f'[[indicators]]\nname = "{name}"\nweight = {weight}\n{METHOD}\n' + (f'group = "{group}"\n' if group else "")
        for name, group, weight in rows
    )
    return f"{head}[structure]\n{structure}\n{tables}"


def weights(text: str) -> list[Decimal | Fraction]:
    plan = perfeval.loads(text)
    names = [one.name for one in plan.card.indicators]
    return [one.weight for one in perfeval.score(plan, dict.fromkeys(names, "满"))]


def test_a_percentage_is_of_the_nearest_group_that_has_a_weight() -> None:
    rows = [
        ("甲", "产出/数量", '"50%"'),
        ("乙", "产出/数量/细项", '"50%"'),
        ("丙", "产出/质量", '"40%"'),
        ("丁", "", '"50%"'),
    ]
    structure = '"产出" = 50\n"产出/数量" = "60%"'
    assert weights(card(rows, structure)) == [Decimal(15), Decimal(15), Decimal(20), Decimal(50)]


def test_without_any_group_a_percentage_is_of_the_total() -> None:
    rows = [("甲", "产出", '"25%"'), ("乙", "", '"75%"')]
    assert weights(card(rows, total="90")) == [Decimal("22.5"), Decimal("67.5")]


def test_groups_add_up_what_is_under_them_at_any_depth() -> None:
    rows = [("甲", "产出 / 数量", "20"), ("乙", "产出/质量", "30.5"), ("丙", "效益", "49.5")]
    plan = perfeval.loads(card(rows))
    evaluation = perfeval.score(plan, {"甲": "满", "乙": "无", "丙": "满"})
    assert [(one.path, one.name, one.weight, one.score) for one in evaluation.groups] == [
        ("产出", "产出", Decimal("50.5"), Decimal("20.00")),
        ("产出/数量", "数量", Decimal(20), Decimal("20.00")),
        ("产出/质量", "质量", Decimal("30.5"), Decimal("0.00")),
        ("效益", "效益", Decimal("49.5"), Decimal("49.50")),
    ]
    assert evaluation.total == Decimal("69.50")
    assert evaluation["产出/数量/甲"].score == 20


@pytest.mark.parametrize(
    ("rows", "structure", "found", "expected"),
    [
        ([("甲", "", "60"), ("乙", "", "39.99")], "", "99.99", "100"),
        ([("甲", "", "60"), ("乙", "", "40.01")], "", "100.01", "100"),
        ([("甲", "产出", "60"), ("乙", "效益", "40")], '"产出" = 50', "60", "50"),
        ([("甲", "产出/数量", "60"), ("乙", "产出", "40")], '"产出" = 100\n"产出/数量" = "50%"', "60", "50"),
        ([("甲", "产出", "100")], '"产出" = 100\n"效益" = 5', "0", "5"),
    ],
)
def test_what_does_not_add_up_is_a_problem(
    rows: list[tuple[str, str, str]], structure: str, found: str, expected: str
) -> None:
    with pytest.raises(perfeval.InputError) as caught:
        perfeval.loads(card(rows, structure))
    assert [one.name for one in caught.value.problems] == ["weights-mismatch"]
    assert f"{found}, not {expected}" in caught.value.problems[0].message


def test_an_extra_counts_on_top() -> None:
    rows = [("甲", "产出", "100"), ("加分", "加分", "0")]
    text = card(rows).replace('score = "100%" }, { name = "无", score = 0 }] }', "score = 5 }] }")
    evaluation = perfeval.score(perfeval.loads(text), {"甲": "满", "加分": "满"})
    assert [one.share for one in evaluation] == [Fraction(1, 20), None]
    assert evaluation["加分"].lost == -5
    assert evaluation.total == 10


def test_paths() -> None:
    assert tidy(" 产出 / 数量指标 /") == "产出/数量指标"
    assert above("一/二/三") == ("一/二/三", "一/二", "一")
    assert above("") == ()
