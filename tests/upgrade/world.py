"""The county that is frozen with every released version, made by the commands of the program; and what is asked of it."""

import json
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.management import call_command

ORGANIZATIONS = """code,name,short_name,org_type,unit_category,parent_code,valid_from,valid_to
C,云岭县,云岭,committee,county,,,
T1,青山镇,,committee,township,C,,
T2,白沙镇,,committee,township,C,,
V1,甲村,,branch,village,T1,,
V2,乙村,,branch,village,T1,,
V3,丙村,,branch,village,T2,,
V4,丁社区,,branch,community,T2,,
C2,清江县,,committee,county,,,
T9,河口镇,,committee,township,C2,,
V1,河口村,,branch,village,T9,,
"""
CATALOGUE = """code,name_zh,domain,unit,kind,numerator,denominator,disaggregation,org_kinds,frequency,validation,decimals
A-1,受理件数,coverage,件,flow,,,,village;community,quarter,int>=0,0
P-1,党员数,coverage,名,stock,,,男;女,village;community,quarter,int>=0,0
K-1,培训次数,coverage,次,cumulative,,,,village,quarter,int>=0,0
M-1,经费,economy,元,flow,,,,village,quarter,,2
R-1,每名党员受理,coverage,%,ratio,{A-1},{P-1},,village;community,quarter,,1
"""
FORMS = """form,title,frequency,indicator_code,unit_categories,required
季01表,季报,quarter,A-1,village;community,1
季01表,季报,quarter,P-1,village;community,0
季01表,季报,quarter,K-1,village,0
季01表,季报,quarter,M-1,village,0
月01表,月报,month,A-1,,0
"""
RULES = """form,expression,severity,message
季01表,{A-1} <= 100,verify,请说明
"""
ACCOUNTS = """username,name,org_code,role
guanli,系统管理员,C,system_admin
cunli,填报员,T1,clerk
"""
HEAD = "form,period,org_code,indicator_code,item,value\n"
APPROVED = HEAD + "".join(
    f"季01表,{period},{unit},{key},{value}\n"
    for period, more in (("2026Q1", 0), ("2026Q2", 3))
    for unit, start in (("V2", 5), ("V3", 7))
    for key, value in (
        ("A-1,", start + more), ("P-1,", 20 + start), ("P-1,男", start), ("K-1,", start + 2 * more), ("M-1,", f"{start}.05"),
    )
)  # fmt: skip
SUBMITTED = HEAD + "季01表,2026Q2,V4,A-1,,4\n季01表,2026Q2,V4,P-1,,NA\n月01表,2026-09,V4,A-1,,1\n"
MOVE = "code,name,unit_category,parent_code,valid_from\nV2,乙村,village,T2,2026-05-01\nV3,新丙村,village,T2,2026-05-01\n"
QUESTIONS = (
    ("A-1", "P-1", "P-1:男", "M-1", "R-1", "--period", "2026Q2", "--by", "units"),
    ("A-1", "K-1", "R-1", "--period", "2026Q1,2026Q2", "--basis", "submitted"),
    ("K-1", "M-1", "--period", "2026Q2", "--view", "ytd", "--tree", "now"),
    ("A-1", "--period", "2026-09", "--basis", "submitted", "--by", "units"),
)


def build() -> None:
    """Into an empty database, by the commands that an operator would type."""
    with TemporaryDirectory() as folder:

        def table(text: str) -> str:
            path = Path(folder) / "table.csv"
            path.write_text(text, encoding="utf-8")
            return str(path)

        first, rest = ORGANIZATIONS.partition("C2,")[0], ORGANIZATIONS.partition("C2,")[1:]
        _run("load_orgs", table(first))
        _run("load_orgs", table(ORGANIZATIONS.splitlines()[0] + "\n" + "".join(rest)))
        _run("load_catalogue", table(CATALOGUE))
        _run("load_forms", table(FORMS))
        _run("load_checks", table(RULES))
        _run("load_accounts", table(ACCOUNTS))
        for form, period in (("季01表", "2026Q1"), ("季01表", "2026Q2"), ("月01表", "2026-09")):
            _run("open_task", form, period, "--due", "2026-12-31", "--org", "C")
        _run("load_figures", table(APPROVED), "--state", "approved")
        _run("load_figures", table(SUBMITTED))
        _run("load_orgs", table(MOVE))
        answers()  # sums are kept from now on


def answers() -> list[list]:
    """What the questions are answered: per question and row the organization and its values."""
    found = []
    for question in QUESTIONS:
        grid = json.loads(_run("figures", *question, "--org", "C", "--format", "json"))
        found.append([[row["org"], row["name"], [cell["value"] for cell in row["cells"]]] for row in grid["rows"]])
    return found


def _run(*command: str) -> str:
    out = StringIO()
    try:
        call_command(*command, stdout=out, stderr=out)
    except SystemExit as refused:
        raise RuntimeError(out.getvalue()) from refused
    return out.getvalue()
