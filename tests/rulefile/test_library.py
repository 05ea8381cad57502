"""Where rule files are found, how ``uses`` lays them over each other, and that origins and bases survive it."""

from __future__ import annotations

from pathlib import Path

import pytest

import perfeval
from perfeval.rulefile.library import Library, shipped_folder

HEAD = 'format = 1\nid = "{id}"\ntitle = "{id}"\n'

BASE = """
basis = "NOTICE"
cap = 95
[rounding]
mode = "down"
row = "0.1"
[methods.m]
kind = "banded"
cap = "90%"
bands = [
  { from = 90, score = "100%" },
  { score = "50%" },
]
[methods.p]
kind = "proportional"
[[examples]]
method = "p"
weight = 10
target = 3
actual = 1
score = 3.3
"""

ROW = """
[[indicators]]
name = "行"
target = 100
weight = 100
method = "{method}"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    _file("base", BASE)
    return tmp_path


def _file(name: str, text: str, uses: tuple[str, ...] = ()) -> Path:
    listed = ", ".join(f'"{one}"' for one in uses)
    line = f"uses = [{listed}]\n" if uses else ""
    path = Path(f"{name}.toml")
    path.write_text(HEAD.format(id=name) + line + text, encoding="utf-8")
    return path


def _names(rules: Path) -> list[tuple[str, str]]:
    with pytest.raises(perfeval.InputError) as caught:
        perfeval.load(rules)
    return [(one.name, one.file) for one in caught.value.problems]


@pytest.mark.usefixtures("folder")
def test_own_keys_win_and_tables_merge_key_by_key() -> None:
    top = _file("top", '[rounding]\nrow = "1"\n' + ROW.format(method="p"), ("base",))
    evaluation = perfeval.score(top, {"行": "85.55"})
    assert str(evaluation.total) == "85"  # row by top, mode by base


@pytest.mark.usefixtures("folder")
def test_later_files_win_over_earlier_ones() -> None:
    _file("up", '[rounding]\nmode = "up"\n')
    for uses, total in ((("base", "up"), "85.6"), (("up", "base"), "85.5")):
        top = _file("top", ROW.format(method="p"), uses)
        assert str(perfeval.score(top, {"行": "85.55"}).total) == total


@pytest.mark.usefixtures("folder")
def test_a_change_survives_a_second_road_to_the_same_file() -> None:
    _file("mid", '[rounding]\nmode = "half-up"\n', ("base",))
    _file("mid2", "[methods.other]\nkind = 'proportional'\n", ("base",))
    top = _file("top", ROW.format(method="p"), ("mid", "mid2"))
    evaluation = perfeval.score(top, {"行": "85.55"})
    assert str(evaluation.total) == "85.6"
    assert [one.id for one in evaluation.rules] == ["base", "mid", "mid2", "top"]


@pytest.mark.usefixtures("folder")
def test_a_method_of_another_kind_replaces_the_inherited_one_whole() -> None:
    top = _file("top", "[methods.m]\nkind = 'threshold'\n" + ROW.format(method="m"), ("base",))
    # Merged, it would keep `bands`, which no threshold has, and the cap of 90%.
    assert str(perfeval.score(top, {"行": 100}).total) == "95.0"
    assert str(perfeval.score(top, {"行": 100})["行"].score) == "100.0"


@pytest.mark.usefixtures("folder")
def test_arrays_are_replaced_whole() -> None:
    text = '[methods.m]\nbands = [{ from = 50, score = "80%" }, { score = 0 }]\n' + ROW.format(method="m")
    top = _file("top", text, ("base",))
    assert str(perfeval.score(top, {"行": 95}).total) == "80.0"


@pytest.mark.usefixtures("folder")
def test_what_a_file_says_of_itself_is_not_inherited() -> None:
    top = _file("top", "", ("base",))
    card = perfeval.load(top).card
    assert (card.id, card.basis, card.examples) == ("top", None, ())
    assert "p" in card.methods


@pytest.mark.usefixtures("folder")
def test_steps_cite_the_file_that_says_each_key() -> None:
    """top adds a note to the method and a rounding of the total: bands, cap and row rounding still are the base's."""
    text = 'basis = "TOP"\n[rounding]\ntotal = "1"\n[methods.m]\nnote = "x"\n' + ROW.format(method="m")
    top = _file("top", text, ("base",))
    evaluation = perfeval.score(top, {"行": 95})
    steps = {step.term: (step.origin.document, step.basis) for step in evaluation["行"].steps}
    assert steps["share"] == ("base.toml", "NOTICE")
    assert steps["cap"] == ("base.toml", "NOTICE")
    assert steps["rounding"] == ("base.toml", None)
    totals = {step.term: step.origin.document for step in evaluation.totals}
    assert totals["rounding"] == "top.toml"
    lines = [step["line"] for step in evaluation.as_dict()["indicators"][0]["steps"] if step["term"] == "share"]
    text = Path("base.toml").read_text(encoding="utf-8").splitlines()[lines[0] - 1]
    assert "from = 90" in text


@pytest.mark.usefixtures("folder")
def test_bands_that_a_file_writes_anew_rest_on_its_own_basis() -> None:
    text = 'basis = "TOP"\n[methods.m]\nbands = [{ from = 50, score = "80%" }, { score = 0 }]\n' + ROW.format(
        method="m"
    )
    evaluation = perfeval.score(_file("top", text, ("base",)), {"行": 95})
    assert next((step.origin.document, step.basis) for step in evaluation["行"].steps if step.term == "share") == (
        "top.toml",
        "TOP",
    )


@pytest.mark.usefixtures("folder")
def test_a_cap_of_the_total_is_cited_where_it_stands() -> None:
    top = _file("top", ROW.format(method="p"), ("base",))
    evaluation = perfeval.score(top, {"行": 99})
    assert str(evaluation.total) == "95.0"
    assert next(step.origin.document for step in evaluation.totals if step.term == "cap") == "base.toml"


@pytest.mark.usefixtures("folder")
def test_a_fault_of_an_inherited_key_is_told_where_it_stands() -> None:
    _file("base", BASE.replace('row = "0.1"', 'row = "fine"'))
    assert _names(_file("top", ROW.format(method="p"), ("base",))) == [("bad-quantum", "base.toml")]


@pytest.mark.usefixtures("folder")
def test_every_fault_of_uses_is_told() -> None:
    found = _names(_file("top", "", ("bse", "base", "../else.toml", "no.toml")))
    assert [name for name, _ in found] == ["unknown-rule", "rule-outside", "file-missing"]


@pytest.mark.usefixtures("folder")
def test_circles_are_told_with_their_members() -> None:
    _file("a", "", ("b",))
    _file("b", "", ("a",))
    with pytest.raises(perfeval.InputError) as caught:
        perfeval.load("a.toml")
    (one,) = caught.value.problems
    assert one.name == "rule-cycle"
    assert one.args["chain"] == ("a.toml", "b.toml", "a.toml")
    assert one.place is not None
    assert one.second_place is not None
    assert [(place.file, place.line) for place in (one.place, one.second_place)] == [("b.toml", 4), ("a.toml", 4)]


@pytest.mark.parametrize(
    ("below", "over", "name"),
    [
        ("[methods.x]\nkind = 'threshold'\n", "[methods]\nx = 5\n", "wrong-type"),
        ("[[assign]]\nmethod = 'p'\n", "[assign]\nmethod = 'p'\n", "table-not-array"),
        ("[structure.x]\nchoose = 1\n", "[structure.x]\nbest = 1\n", "one-of"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_what_two_files_say_at_odds_is_told_with_both_places(below: str, over: str, name: str) -> None:
    _file("below", below, ("base",))
    with pytest.raises(perfeval.InputError) as caught:
        perfeval.load(_file("over", over, ("below",)))
    (one,) = caught.value.problems
    assert one.name == name
    assert one.second_place is not None
    assert (one.file, one.second_place.file) == ("over.toml", "below.toml")


def test_the_same_id_in_two_places_is_told_with_both(folder: Path) -> None:
    (folder / "more").mkdir()
    (folder / "more/base.toml").write_text(HEAD.format(id="base"), encoding="utf-8")
    top = _file("top", ROW.format(method="p"), ("base",))
    with pytest.raises(perfeval.InputError) as caught:
        perfeval.load(top, rules_path=[folder / "more"])
    (one,) = caught.value.problems
    assert one.name == "duplicate-rule"
    assert {one.args["first"], one.args["second"]} == {"base.toml", str(Path("more/base.toml"))}


def test_a_root_is_searched_and_listed(folder: Path) -> None:
    (folder / "more/cn").mkdir(parents=True)
    (folder / "more/cn/own.toml").write_text(HEAD.format(id="cn/own"), encoding="utf-8")
    (folder / "more/facts.toml").write_text('[facts]\n"a" = 1\n', encoding="utf-8")
    assert "cn/own" in Library((folder / "more",)).known()
    assert "facts" not in Library((folder / "more",)).known()
    assert perfeval.load("cn/own", rules_path=folder / "more").card.id == "cn/own"


def test_every_shipped_file_is_called_as_it_is_found() -> None:
    shipped = Library().known()
    assert "cn/project-self-evaluation" in shipped
    for one in shipped:
        assert Library().by_id(one).id == one
        assert (shipped_folder() / f"{one}.toml").is_file()


def test_the_page_of_the_rules_says_of_each_shipped_file_what_the_file_says() -> None:
    page = Path(__file__).parents[2] / "docs/rules.md"
    lines = [line for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    listed = {cells[0].strip("`"): cells for line in lines if (cells := line.strip("| ").split(" | "))}
    assert [*listed] == sorted(Library().known())
    for one, (_, title, purpose, basis, note) in listed.items():
        card = Library().by_id(one)
        assert (title, basis, note) == (card.title, card.basis, card.note)
        assert purpose


@pytest.mark.parametrize("one", sorted(Library().known()))
def test_a_shipped_file_says_what_was_checked_and_what_was_not(one: str) -> None:
    card = Library().by_id(one)
    lines = (shipped_folder() / f"{one}.toml").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# ")
    head = "\n".join(line for line in lines[: lines.index("format = 1")])
    assert "Checked" in head
    assert "Not checked" in head
    said = ("已核对：", "未核对：") if card.lang == "zh" else ("Checked: ", "Not checked: ")
    assert card.note is not None
    assert all(word in card.note for word in said)
    assert card.examples


USING = """
[[indicators]]
name = "{name}"
group = "{group}"
weight = {weight}
target = "{target}"
"""


@pytest.mark.usefixtures("folder")
def test_the_light_of_a_row_is_the_name_of_its_band() -> None:
    row = '[[indicators]]\nname = "行"\nweight = 100\n'
    top = _file("top", row, ("cn/monitoring-lights",))
    for done, light in (("50%", "绿灯"), ("40%", "黄灯"), ("39.9%", "红灯")):
        assert perfeval.score(top, {"行": {"done": done, "elapsed": "50%"}})["行"].band == light


@pytest.mark.usefixtures("folder")
def test_percentages_of_percentages_are_rounded_at_the_end_only() -> None:
    groups = '[structure]\n"甲" = "75%"\n"甲/一" = "40%"\n"甲/二" = "60%"\n"乙" = "25%"\n'
    rows = (("子", "甲/一", "100%"), ("丑", "甲/二", "50%"), ("寅", "甲/二", "50%"), ("卯", "乙", "100%"))
    text = groups + "".join(
        USING.format(name=name, group=group, weight=f'"{weight}"', target=100) for name, group, weight in rows
    )
    top = _file("top", text, ("cn/percent-weights",))
    evaluation = perfeval.score(top, {"子": 0, "丑": 0, "寅": 0, "卯": 87.5})
    assert [str(one.weight) for one in evaluation] == ["30", "22.5", "22.5", "25"]
    assert str(evaluation.total) == "21.88"


@pytest.mark.usefixtures("folder")
def test_rows_of_a_department_find_their_methods_by_name() -> None:
    rows = (("财政供养人员控制率", "≤100%"), ("“三公经费”变动率", "≤0%"), ("“三公经费”控制率", "≤100%"))
    text = "total = 16\n" + "".join(
        USING.format(name=name, group="过程", weight=weight, target=target)
        for (name, target), weight in zip(rows, (5, 5, 6), strict=True)
    )
    evaluation = perfeval.score(
        _file("top", text, ("cn/department-overall",)), {rows[0][0]: "103%", rows[1][0]: "4%", rows[2][0]: "102%"}
    )
    assert [one.method for one in evaluation] == ["staffing", "three-public-change", "three-public-control"]
    assert [str(one.score) for one in evaluation] == ["3.50", "3.00", "4.00"]


@pytest.mark.usefixtures("folder")
def test_an_edge_is_one_value_and_replaced_whole() -> None:
    _file("mark", "[methods.p]\nkind = 'proportional'\nzero = { below = '60%' }\n")
    top = _file("top", '[methods.p]\nzero = { to = "50%" }\n' + ROW.format(method="p"), ("mark",))
    assert str(perfeval.score(top, {"行": 55}).total) == "55.00"
    assert str(perfeval.score(top, {"行": 50}).total) == "0.00"


@pytest.mark.usefixtures("folder")
def test_a_step_that_costs_is_cited_where_its_cost_stands() -> None:
    _file("steps", "basis = 'BASE'\n[methods.s]\nkind = 'stepped'\nminus = 1\nper = 1\nsteps = 'whole'\n")
    _file("mid", "basis = 'MID'\n[methods.s]\nminus = 2\n", ("steps",))
    evaluation = perfeval.score(_file("top", ROW.format(method="s"), ("mid",)), {"行": 97})
    steps = {step.term: (step.origin.document, step.basis) for step in evaluation["行"].steps}
    assert steps["share"] == ("mid.toml", "MID")
    assert steps["steps"] == ("steps.toml", "BASE")
