"""Invented names of an invented county: townships, villages, enterprises. No real county carries them."""

import random
from collections.abc import Iterator

COUNTY = "云泽县"
TOWNSHIPS = (
    "青山镇", "白沙镇", "龙泉镇", "石桥镇", "马家湾镇", "河口镇", "双凤镇", "大坪镇", "杨柳镇", "红石镇", "清水镇", "松林镇",
    "南坝镇", "北塘镇", "东风镇", "西岭镇", "梅溪乡", "竹园乡", "云台乡", "高峰乡", "半坡乡", "长沟乡", "桃源乡", "望江乡",
)  # fmt: skip
STREETS = ("城关街道", "滨河街道", "文昌街道", "新华街道", "凤凰街道")
ZONE = "云泽经济开发区"
INDUSTRIES = ("快递物流", "道路运输", "互联网", "住建物业", "餐饮外卖", "医药卫生")
DEPARTMENTS = (
    "县委办公室", "县政府办公室", "县委宣传部", "县委统战部", "县委政法委", "县委编办", "县直机关工委", "县发展和改革局",
    "县教育体育局", "县科学技术局", "县工业和信息化局", "县公安局", "县民政局", "县司法局", "县财政局", "县人力资源和社会保障局",
    "县自然资源局", "县生态环境分局", "县住房和城乡建设局", "县交通运输局", "县水利局", "县农业农村局", "县商务局", "县文化和旅游局",
    "县卫生健康局", "县退役军人事务局", "县应急管理局", "县审计局", "县市场监督管理局", "县统计局", "县医疗保障局", "县信访局",
)  # fmt: skip
_FIRST = "石白青红黄双三五大小上下前后东西南北新老长高平清龙凤松柳杨梅竹桃杏李王张刘陈赵周吴郑罗江河湖泉井"
_SECOND = "桥沟湾坝坪岭坡塘堰垭洼畈庄店集屯寨铺台岗圩渡口家林园田"
_TRADE = ("机械", "建材", "食品", "纺织", "电子", "家居", "农业科技", "商贸", "包装", "新能源", "医药", "物流")
_BRAND = ("宏", "盛", "瑞", "恒", "天", "华", "金", "鑫", "泰", "永", "祥", "丰", "明", "嘉", "德", "润")
_SOCIETY = ("商会", "志愿服务协会", "养老服务中心", "民办幼儿园", "老年体育协会", "农民用水者协会", "社会工作服务中心")
SURNAMES = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗"
GIVEN = (
    "建国",
    "秀英",
    "志强",
    "丽华",
    "文斌",
    "晓燕",
    "国庆",
    "桂兰",
    "海涛",
    "雪梅",
    "永刚",
    "春燕",
    "立新",
    "玉兰",
    "军",
    "敏",
)


def villages(dice: random.Random) -> Iterator[str]:
    """Village names, each once in one township; brothers in other townships may share one (新村 does)."""
    seen = set()
    while True:
        name = dice.choice(_FIRST) + dice.choice(_SECOND)
        if name not in seen:
            seen.add(name)
            yield f"{name}村"


def communities(dice: random.Random) -> Iterator[str]:
    seen = set()
    while True:
        name = dice.choice(_FIRST) + dice.choice(("苑", "园", "华", "安", "和", "馨", "景", "泰")) + "社区"
        if name not in seen:
            seen.add(name)
            yield name


def enterprises(dice: random.Random, place: str) -> Iterator[str]:
    seen = set()
    while True:
        name = f"{place}{dice.choice(_BRAND)}{dice.choice(_BRAND)}{dice.choice(_TRADE)}有限公司"
        if name not in seen:
            seen.add(name)
            yield name


def society(dice: random.Random, place: str) -> str:
    return f"{place}{dice.choice(_SOCIETY)}"


def person(dice: random.Random) -> str:
    return dice.choice(SURNAMES) + dice.choice(GIVEN)
