"""The two shapes of tables that once were filled wrongly, rebuilt: a helper column beside 84 villages, and a list of 53 lines."""

import json
from collections import Counter

import pytest

from tests.factories.upper_tables import a_blank_table, values_in

TOWNS = ("清溪镇", "柳河镇", "双桥镇", "大岭乡", "白水镇", "南坪镇")
HELPERS = ("{town}民政办", "云岭县人民法院", "县水利局", "{town}机关党支部", "云岭县{town}卫生院", "{other}")


@pytest.fixture
def villages(story):
    """84 villages in six towns; every one reported its own two figures."""
    names = [
        f"{town[0]}{name}村"
        for town in TOWNS
        for name in ("坪", "头", "尾", "湾", "坡", "岗", "塘", "桥", "田", "井", "冲", "坝", "沟", "屋")
    ]
    rows = [f"T{number},{town},township,C,,,," for number, town in enumerate(TOWNS)]
    rows += [f"V{number:02d},{name},village,T{number // 14},,,," for number, name in enumerate(names)]
    story.orgs("C,云岭县,county,,,,,", *rows)
    story.indicators("H-1,困难户数,户,stock,,,", "M-1,已投入帮扶资金,元,flow,,,")
    story.form("F", "H-1", "M-1")
    story.open("F", "2026Q3")
    story.figures(
        "F",
        *(
            f"2026Q3,V{number:02d},{code},,{number + more}"
            for number in range(84)
            for code, more in (("H-1", 1), ("M-1", 1000))
        ),
    )
    return names


def report_of(story, folder, content: bytes, *words: str) -> dict:
    path = folder / "blank.xlsx"
    path.write_bytes(content)
    return json.loads(story.run("bind_template", str(path), "--name", "表", *words))


def filled(story, folder, period: str = "2026Q3") -> dict:
    story.run("fill_template", "表", "--period", period, "--org", "C", "--out", str(folder / "out.xlsx"))
    return values_in((folder / "out.xlsx").read_bytes())


def test_a_helper_column_beside_84_villages_names_no_row(story, villages, tmp_path):
    rows = [["困难户帮扶情况表"], ["序号", "镇名称", "村名称", "困难户数", "帮扶单位", "已投入帮扶资金（元）"]]
    for number, name in enumerate(villages):
        helper = HELPERS[number % len(HELPERS)].format(town=TOWNS[number // 14], other=villages[(number + 15) % 84])
        rows.append([str(number + 1), TOWNS[number // 14], name, None, helper, None])
    report = report_of(story, tmp_path, a_blank_table(rows, ("A1:F1",)))
    assert report["unit_column"] == "C 村名称"
    assert Counter(one["certainty"] for one in report["bindings"].values()) == {"sure": 168}
    assert report["unmatched"] == []
    values = filled(story, tmp_path)
    assert [values[f"D{row}"] for row in range(3, 87)] == list(range(1, 85))
    assert [values[f"F{row}"] for row in range(3, 87)] == list(range(1000, 1084))
    assert "84 of 84 approved" in story.printed


LIST = (
    "一、基本情况|", "（一）村情|", "行政村总数|个", "自然村总数|个", "农户总数|户", "农村人口|人", "（二）困难群众|",
    "困难户总人数|人", "困难户数|户", "其中：五保户|户", "其中：低保户|户", "困难户年人均收入|元", "二、投入情况|",
    "（一）规划投入|", "帮扶单位自筹资金|元", "社会捐赠资金|元", "其他|元", "合计|元", "（二）实际投入|",
    "帮扶单位自筹资金|元", "社会捐赠资金|元", "其他|元", "合计|元", "三、帮扶活动|", "慰问困难户|次", "慰问困难户|户",
    "慰问困难户|人次", "发放慰问金|元", "组织培训|期", "组织培训|人次", "结对帮扶干部|人", "驻村干部|人",
    "四、产业发展|", "（一）种植|", "项目数|个", "投入资金|元", "带动困难户|户", "（二）养殖|", "项目数|个",
    "投入资金|元", "带动困难户|户", "（三）加工|", "项目数|个", "投入资金|元", "带动困难户|户", "五、成效|",
    "脱贫户数|户", "困难户脱贫率|％", "村集体收入|万元", "人均纯收入|元", "六、党建|", "党员总数|名", "发展党员|名",
)  # fmt: skip


@pytest.fixture
def catalogue(story, tmp_path):
    """Like names in other sections: what the county asks of 教育 is not what the list asks of 种植."""
    story.orgs("C,云岭县,county,,,,,", "T1,清溪镇,township,C,,,,", "V1,甲村,village,T1,,,,")
    story.indicators(
        "X-1,单位自筹,元,flow,,,", "X-2,困难户数,户,stock,,,", "X-3,投入资金,元,flow,,,", "X-4,慰问困难户,户,flow,,,",
        "X-5,党员总数,人,stock,,,",
        "X-6,其他,元,flow,,,", "X-7,村集体收入,元,flow,,,", "X-8,发展党员,名,flow,,,", "X-9,合计,元,flow,,,",
    )  # fmt: skip
    sections = {
        "X-1": "单位财务",
        "X-2": "困难群众",
        "X-3": "教育",
        "X-4": "活动",
        "X-5": "党建",
        "X-6": "教育",
        "X-7": "成效",
        "X-8": "驻外党建",
        "X-9": "教育",
    }
    path = tmp_path / "form.csv"
    lines = [f"F,季报,quarter,{code},{section}" for code, section in sections.items()]
    path.write_text("\n".join(["form,title,frequency,indicator_code,section", *lines]) + "\n", encoding="utf-8")
    story.run("load_forms", str(path))
    story.open("F", "2026Q3")
    story.figures("F", *(f"2026Q3,V1,{code},,{number}0000" for number, code in enumerate(sections, start=1)))
    return story


def test_a_list_of_53_lines_gets_only_what_it_names_in_its_section(catalogue, tmp_path):
    assert len(LIST) == 53
    rows = [
        ["代码", "项目", "单位", "数量"],
        *([str(100 + number), *line.split("|"), None] for number, line in enumerate(LIST)),
    ]
    report = report_of(catalogue, tmp_path, a_blank_table([[cell or None for cell in row] for row in rows]))
    lines = {f"表1!D{row}": line for row, line in enumerate(LIST, start=2)}
    found = {lines[cell]: (one["key"], one["certainty"]) for cell, one in report["bindings"].items()}
    assert report["unit_column"] is None
    sure = {line: key for line, (key, certainty) in found.items() if certainty == "sure"}
    assert sure == {
        "困难户数|户": "X-2",
        "慰问困难户|户": "X-4",
        "村集体收入|万元": "X-7",
        "党员总数|名": "X-5",
        "发展党员|名": "X-8",
    }
    assert not {"其他|元", "合计|元"} & found.keys()
    assert found["投入资金|元"] == ("X-3", "likely")
    values = filled(catalogue, tmp_path)
    assert {lines[f"表1!{cell}"]: value for cell, value in values.items() if cell[0] == "D" and cell != "D1"} == {
        "困难户数|户": 20000,
        "慰问困难户|户": 40000, "村集体收入|万元": 7, "党员总数|名": 50000, "发展党员|名": 80000,
    }  # fmt: skip


def test_the_same_name_in_another_section_is_never_filled(catalogue, tmp_path):
    rows = [
        ["项目", "单位", "数量"],
        ["一、种植", None, None],
        ["投入资金", "元", None],
        ["二、教育", None, None],
        ["投入资金", "元", None],
    ]
    report = report_of(catalogue, tmp_path, a_blank_table(rows))
    assert {cell: one["certainty"] for cell, one in report["bindings"].items()} == {"表1!C3": "likely", "表1!C5": "sure"}
    rows = [["项目", "单位", "数量"], ["一、教育情况", None, None], ["投入资金", "元", None]]
    assert report_of(catalogue, tmp_path, a_blank_table(rows))["bindings"]["表1!C3"]["certainty"] == "sure"
