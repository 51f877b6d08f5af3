"""Charts that the tests draw: four straight steps, a branch with a way back, and 25 steps with six branches."""

from printing.charts import Chart, Step, Way, straight

LONG = (
    "由村民小组长、驻村干部和镇自然资源所工作人员三方共同到现场放样，"
    "申请人、四邻和村委会代表在放样记录表上当场签字确认后存档"
)


def step(key, name, *ways, post="", limit="", note=""):
    """A step whose ways are keys, or pairs of key and label."""
    return Step(key, name, post, limit, note, tuple(Way(*((way,) if isinstance(way, str) else way)) for way in ways))


def sorting(title, kinds):
    """One step that sends each kind of matter to its own."""
    ways = [(f"k{kind}", f"{kind}类") for kind in range(kinds)]
    return Chart(title, (step("a", "分流", *ways), *(step(key, f"办理{label}") for key, label in ways)))


MANY = sorting("分流", 5)

ALLOWANCE = straight(
    "高龄津贴办理流程",
    [
        Step("a", "提出申请", "本人或者家属", "随到随办", "带身份证、户口簿"),
        Step("b", "窗口受理", "民政窗口", "当场"),
        Step("c", "镇里审核", "镇社会事业服务中心", "3个工作日"),
        Step("d", "按月发放到卡", "县民政局", "次月15日前"),
    ],
)

RELIEF = Chart(
    "临时救助办理流程",
    (
        step("a", "提出申请", "b", post="申请人", note="向户籍所在村或者镇便民服务中心提出"),
        step("b", "检查材料是否齐全", ("c", "材料齐全"), ("x", "材料不齐"), post="民政窗口", limit="当场"),
        step("x", "一次性告知，补正材料", ("a", "补正后"), post="民政窗口", limit="当场"),
        step("c", "受理并且入户调查", "d", post="驻村干部、村委会", limit="5个工作日"),
        step("d", "审核", ("e", "符合条件"), ("y", "不符合条件"), post="镇社会事业服务中心", limit="3个工作日"),
        step("y", "书面说明理由", post="镇社会事业服务中心", limit="2个工作日"),
        step("e", "村务公开栏公示", "f", post="村委会", limit="3天"),
        step("f", "发放救助金", post="县民政局、乡镇财政所", limit="3个工作日"),
    ),
)

_SPINE = (
    "提出建房申请", "村民小组会议讨论", "村级公示", "村委会审查材料", "窗口受理", "现场踏勘", "联合审查", "镇政府审批",
    "发放宅基地批准书", "发放规划许可证", LONG, "开工查验", "基槽验线", "施工巡查", "竣工申请", "竣工验收", "土地复核",
    "不动产登记", "归档",
)  # fmt: skip
# Place in the spine: (when, what then, back to which place or the end).
_BRANCHES = {
    1: ("不同意", "说明理由并且记录", None),
    3: ("材料不齐", "一次性告知补正", 0),
    5: ("不符合选址要求", "另行选址", 0),
    7: ("不予批准", "书面告知理由和救济途径", None),
    13: ("发现违法建设行为", "责令整改", 12),
    15: ("验收不合格", "限期整改", 14),
}


def _house():
    for place, name in enumerate(_SPINE):
        post, limit = ("镇自然资源所" if place % 2 else "村民委员会"), f"{place % 5 + 1}个工作日"
        onward = [(f"k{place + 1}", "同意" if place in _BRANCHES else "")] if place + 1 < len(_SPINE) else []
        if place in _BRANCHES:
            when, then, back = _BRANCHES[place]
            yield step(f"k{place}", name, *onward, (f"s{place}", when), post=post, limit=limit)
            returns = [] if back is None else [(f"k{back}", "改好后")]
            yield step(f"s{place}", then, *returns, post="镇综合窗口", limit="2个工作日")
        else:
            yield step(f"k{place}", name, *onward, post=post, limit=limit)


HOUSE = Chart("农村村民住宅建设审批流程", tuple(_house()))
assert (len(LONG), len(HOUSE.steps), len(_BRANCHES)) == (60, 25, 6)
