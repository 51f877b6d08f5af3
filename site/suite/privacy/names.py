"""Names of people as public lists show them: the surname, the rest as stars."""

# Surnames of two characters that are still borne. Anything else that begins like one is read as one, too.
COMPOUND = {
    "欧阳", "太史", "端木", "上官", "司马", "东方", "独孤", "南宫", "万俟", "闻人", "夏侯",
    "诸葛", "尉迟", "公羊", "赫连", "澹台", "皇甫", "宗政", "濮阳", "公冶", "太叔", "申屠",
    "公孙", "慕容", "仲孙", "钟离", "长孙", "宇文", "司徒", "鲜于", "司空", "闾丘", "子车",
    "亓官", "司寇", "巫马", "公西", "颛孙", "壤驷", "公良", "漆雕", "乐正", "宰父", "谷梁",
    "拓跋", "夹谷", "轩辕", "令狐", "段干", "百里", "呼延", "东郭", "南门", "羊舌", "微生",
    "左丘", "东门", "西门", "第五", "纳兰", "完颜", "耶律",
}  # fmt: skip
# Names longer than this, or with a dot in them, are not made of a Chinese surname and a given name.
LONGEST = 4
DOTS = "·•・‧."


def masked(name: str) -> str:
    """张三丰 → 张**, 欧阳修 → 欧阳*, 阿依古丽·买买提 → 阿**; '' stays ''. Never the whole name."""
    name = "".join(name.split())
    if not name:
        return ""
    if len(name) > LONGEST or any(dot in name for dot in DOTS):
        return name[0] + "**"
    surname = 2 if len(name) > 2 and name[:2] in COMPOUND else 1  # noqa: PLR2004
    return name[:surname] + "*" * max(1, len(name) - surname)
