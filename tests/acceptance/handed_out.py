"""A county with something on every printed layout, and every kind of workbook that is handed out of it as a file."""

from pathlib import Path
from zipfile import ZipFile

from spreadsheets.annotate.annotations import Annotations, annotated
from spreadsheets.annotate.problem_list import Listing, Row
from tests.factories.upper_tables import a_blank_table
from tests.reports.layout_county import story_with_orgs
from tests.reports.story import Story

FORM, PERIOD = "综合季表", "2026Q3"
INDICATORS = (
    "ORG-001,台账,家,stock,,,", "ORG-002,符合条件,家,stock,,,", "ORG-003,已建,家,stock,,,", "ORG-021,单独组建,家,stock,,,",
    "ORG-022,联合组建,家,stock,,,", "ORG-005,组建率,%,ratio,ORG-003,ORG-002,", "ORG-006,覆盖率,%,ratio,ORG-003,ORG-001,",
    "PAIR-101,领导,名,stock,,,", "PAIR-102,书记,名,stock,,,", "PAIR-901,对数,对,stock,,,县处级领导-村社区书记;乡镇党员-群众户",
    "ISS-201,收集,条,flow,,,", "ISS-202,办结,件,flow,,,", "ISS-203,办结率,%,ratio,ISS-202,ISS-201,",
    "CERT-001,新增,人,flow,,,", "CERT-002,持证,人,stock,,,初级;中级;高级", "CERT-007,课时,课时,flow,,,", "PTS-007,参与户,户,stock,,,",
    "PTS-009,积分,分,flow,,,基础项目;激励项目;机动项目;否决项目", "PTS-003,金额,元,flow,,,", "FSEC-002,走访群众,户,flow,,,",
)  # fmt: skip
TEMPLATES = ("load_orgs", "load_catalogue", "load_forms", "load_checks", "load_accounts", "load_figures")
FIGURES = {
    "ORG-001": 800, "ORG-002": 437, "ORG-003": 350, "ORG-021": 200, "ORG-022": 150, "PAIR-101": 1, "PAIR-102": 3, "PAIR-901": 67,
    "ISS-201": 40, "ISS-202": 31, "CERT-001": 2, "CERT-002": 8, "CERT-007": 26, "PTS-007": 120, "PTS-009": 1245, "PTS-003": 47,
    "FSEC-002": 14,
}  # fmt: skip


def a_county(story: Story) -> Story:
    story_with_orgs(story)
    story.indicators(*INDICATORS)
    story.form(FORM, *(row.partition(",")[0] for row in INDICATORS))
    story.checks(f'{FORM},{{ORG-003}} <= {{ORG-002}},mandatory,"已建不得多于 <符合条件> & 台账"')
    story.checks(f"{FORM},{{ORG-001}} <= 100,hint,超过一百家的请核对")
    story.open(FORM, "2026Q2", PERIOD)
    for org, share in (("V1", 1), ("V3", 2)):
        rows = [f"{PERIOD},{org},{key},,{value * share}" for key, value in FIGURES.items()]
        story.figures(FORM, *rows)
    return story


def all_handed_out(county: Story) -> dict[str, Path]:
    """What it is -> the file."""
    folder = county.folder / "handed out"
    folder.mkdir()
    made = {}
    for shape, org in (("unit", "V1"), ("sheets", "C"), ("grid", "C")):
        made[f"form {shape}"] = folder / f"{shape}.xlsx"
        county.run("form_workbook", FORM, PERIOD, "--org", org, "--shape", shape, "--out", str(made[f"form {shape}"]))
    made |= _each(county, folder) | _layouts(county, folder) | _layouts(county, folder, "--formulas")
    made["flat data"] = folder / "flat.xlsx"
    county.run("flat", "--period", PERIOD, "--org", "C", "--out", str(made["flat data"]))
    made |= _templates(county, folder)
    made["upper table"] = _upper_table(county, folder)
    made["marked form"] = folder / "marked.xlsx"
    made["marked form"].write_bytes(_marked(made["form unit"].read_bytes()))
    made["marked table"] = folder / "marked table.xlsx"
    made["marked table"].write_bytes(_marked(a_blank_table(), "表1"))
    return made


def _each(county: Story, folder: Path) -> dict[str, Path]:
    each = folder / "each"
    each.mkdir()
    county.run("form_workbook", FORM, PERIOD, "--org", "T1", "--each", "--out", str(each))
    return {f"each {path.stem}": path for path in sorted(each.iterdir())}


def _layouts(county: Story, folder: Path, *words: str) -> dict[str, Path]:
    into = folder / "".join(("layouts", *words))
    into.mkdir()
    county.run("export", "all", "--period", PERIOD, "--org", "C", "--out", str(county.folder / "all.zip"), *words)
    with ZipFile(county.folder / "all.zip") as pack:
        found = {}
        for number, name in enumerate(name for name in pack.namelist() if name.endswith(".xlsx")):
            path = into / f"{words[0][2:] if words else 'plain'} {number}.xlsx"
            path.write_bytes(pack.read(name))
            found[f"{name} {''.join(words)}"] = path
    return found


def _templates(county: Story, folder: Path) -> dict[str, Path]:
    made = {f"template {command}": folder / f"{command}.xlsx" for command in TEMPLATES}
    for command, path in zip(TEMPLATES, made.values(), strict=True):
        county.run(command, "--template", str(path))
    return made


def _upper_table(county: Story, folder: Path) -> Path:
    blank, path = folder / "blank.xlsx", folder / "upper.xlsx"
    blank.write_bytes(a_blank_table((("单位", "符合条件", "组建率"), ("青山镇", None, None), ("合计", "=SUM(B2:B2)", None))))
    county.run("bind_template", str(blank), "--name", "上级表")
    county.run("fill_template", "上级表", "--period", PERIOD, "--org", "C", "--out", str(path))
    return path


def _marked(content: bytes, title: str = FORM) -> bytes:
    rows = (Row(("整个文件", "<不符> & 请核对")), Row((f"{title}!F12", "过大"), title, "F12"))
    listing = Listing("⚠ 需改正", "⚠ 需改正：2 处", "改正后重新导入", ("位置", "问题"), (20, 60), rows)
    return annotated(content, {title: Annotations({(12, 6): "此处 <有误> & 请核对", (13, 6): "过大"}, 20)}, listing)
