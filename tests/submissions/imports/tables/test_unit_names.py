"""Names of units as offices write them, among namesakes of other townships and units that share a part of their name."""

import pytest

from orgs.names.name_matching import Candidate, OrgNames

_HERE, _THERE = ("青山镇党委", "青山镇", "云泽县"), ("白沙镇党委", "白沙镇", "云泽县")
NAMES = OrgNames(
    (
        Candidate("T1", "中共青山镇委员会", "青山镇", ("云泽县",)), Candidate("T2", "中共白沙镇委员会", "白沙镇", ("云泽县",)),
        Candidate("V1", "石桥村党支部", "石桥村", _HERE), Candidate("V2", "下湾村党总支", "下湾村", _HERE),
        Candidate("V3", "新村党支部", "新村", _HERE), Candidate("W3", "新村党总支", "新村", _THERE),
        Candidate("W4", "石桥社区党委", "石桥社区", _THERE), Candidate("V5", "青山镇机关党支部", "", _HERE),
        Candidate("V6", "中共青山镇湖畔社区委员会", "湖畔社区", _HERE), Candidate("V7", "青山村党支部", "青山村", _HERE),
        Candidate("W8", "大石桥村党支部", "大石桥村", _THERE),
        Candidate("V9", "云泽县华丰纺织有限公司党支部", "华丰纺织", _HERE),
        Candidate("V10", "青山镇中心小学党支部", "中心小学", _HERE), Candidate("W11", "白沙镇中心小学党支部", "中心小学", _THERE),
    )
)  # fmt: skip
SURE = {
    "V1": (
        "石桥村", "石桥村党支部", "中共石桥村支部委员会", "中共青山镇石桥村支部委员会", "中共云泽县青山镇石桥村支部委员会", "石桥村支部",
        "中国共产党青山镇石桥村支部委员会", "青山镇石桥村", "石桥村（党支部）", "石桥村：", "石桥村委会", "石桥村村委会", "3.石桥村党支部",
    ),
    "V2": ("中共下湾村总支部委员会", "中共青山镇下湾村总支部委员会", "下湾村总支", "下湾村党总支部委员会", "下湾村总支部"),
    "V3": ("新村党支部", "青山镇新村", "中共新村支部委员会", "青山镇新村党支部", "中共青山镇新村支部委员会"),
    "W3": ("新村党总支", "白沙镇新村", "中共白沙镇新村总支部委员会", "白沙镇新村党总支"),
    "W4": ("石桥社区", "石桥社区党委", "中共石桥社区委员会", "中共白沙镇石桥社区委员会"),
    "V5": ("青山镇机关党支部", "青山镇机关支部", "中共青山镇机关支部委员会"),
    "V6": ("湖畔社区党委", "湖畔社区", "中共湖畔社区委员会", "青山镇湖畔社区党委"),
    "V7": ("青山村", "青山村党支部"),
    "W8": ("大石桥村", "白沙镇大石桥村"),
    "V9": ("华丰纺织有限公司党支部", "华丰纺织党支部", "云泽县华丰纺织有限公司", "中共云泽县华丰纺织有限公司支部委员会"),
    "V10": ("青山镇中心小学", "青山镇中心小学支部", "中共青山镇中心小学支部委员会"),
    "T1": ("青山镇", "青山镇党委", "中共青山镇委员会", "中国共产党青山镇委员会", "中共云泽县青山镇委员会"),
}  # fmt: skip


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, some in SURE.items() for text in some])
def test_a_name_that_leaves_no_doubt(code, text):
    match = NAMES.match(text)
    assert (match.target, match.is_sure) == (code, True), match


@pytest.mark.parametrize(
    "text",
    ["新村", "中心小学", "中心小学党支部", "石桥", "石桥村、下湾村", "石桥村第一党小组", "石桥村小学党支部", "石桥村合作社"],
)
def test_a_name_that_leaves_doubt_is_never_sure(text):
    assert not NAMES.match(text).is_sure
