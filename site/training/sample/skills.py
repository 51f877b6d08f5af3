"""Who in the sample township can do what: most cadres have a skill, some claims wait, one was not confirmed."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from suite.evidence import Link
from training.domain.lifecycle import skills as lifecycle
from training.enums import SkillLevel
from training.models import PersonSkill, Skill

USES, SKILLED, TEACHES = SkillLevel.USES, SkillLevel.SKILLED, SkillLevel.TEACHES

SKILLS = {
    "无人机航拍": "会起降和航线规划，能拍出可以用来比对的正射照片，懂得禁飞区。",
    "公文写作": "通知、报告、请示、函能独立成文，格式符合国家标准。",
    "电子表格": "会用函数、筛选和数据透视表汇总各村报表。",
    "矛盾调解": "能单独主持调解，写得出调解协议书。",
    "防汛值守": "看得懂雨情水情图，会用卫星电话和应急广播。",
    "惠农补贴核算": "能核对面积、身份信息和一卡通，查得出重复领取。",
    "测土配方施肥": "会取土样，看得懂化验单，给农户开得出配方卡。",
    "社保经办": "城乡居民养老、医疗保险的登记、缴费和待遇核定。",
    "新闻摄影": "会议、活动、现场都拍得清楚，会选图配说明。",
    "普通话和方言主持": "能用普通话和本地话主持听证会、村民代表会。",
    "急救": "持有红十字会救护员证，会心肺复苏和止血包扎。",
    "手语": "能同听障群众完成窗口办事的问答。",
}
# person, skill, level, what shows it, days ago it was confirmed
HELD = [
    ("head", "普通话和方言主持", TEACHES, "连续三年主持全镇听证会，共11场。", 320),
    ("leader", "矛盾调解", TEACHES, "带队化解信访积案6件，给调解员上课4次。", 300),
    ("shenyun", "公文写作", TEACHES, "审签公文200余件，每季度给办公室讲一次公文格式。", 280),
    ("gongxueqing", "社保经办", SKILLED, "分管社保两年，能独立核定待遇。", 250),
    ("approver", "公文写作", TEACHES, "起草年度工作报告和各类请示，办公室新人由其带教。", 310),
    ("editor", "新闻摄影", SKILLED, "全年拍摄镇村新闻照片400余张，县融媒体中心采用52张。", 210),
    ("editor", "公文写作", SKILLED, "起草公告、通知80余件。", 120),
    ("checker", "公文写作", TEACHES, "核稿岗，全年核稿160件，差错率连续两年全县最低。", 290),
    ("efficiency_office", "电子表格", TEACHES, "效能办月度汇总全部用数据透视表，办过两期培训。", 240),
    ("system_admin", "电子表格", SKILLED, "写过村级报表自动汇总模板，9个村都在用。", 190),
    ("hall_director", "社保经办", TEACHES, "窗口工作八年，带出3名经办员。", 330),
    ("window_clerk", "手语", USES, "参加县残联手语班40学时，窗口接待听障群众7人次。", 60),
    ("window_clerk", "社保经办", SKILLED, "全年独立办结社保业务900余件。", 150),
    ("qizhiqiang", "电子表格", SKILLED, "项目台账和补贴台账由其设计。", 200),
    ("helanying", "社保经办", TEACHES, "原民政社保队队员，政策解答手册编写人。", 270),
    ("shizhenbang", "矛盾调解", SKILLED, "全年主持调解23场，协议履行率九成以上。", 180),
    ("cadre", "测土配方施肥", TEACHES, "全镇取土样120个，开出配方卡860份。", 230),
    ("cadre", "无人机航拍", USES, "跟拍春耕面积核查4次。", 40),
    ("luyao", "惠农补贴核算", TEACHES, "连续两年补贴核算零差错，清出重复领取17户。", 260),
    ("case_handler", "社保经办", SKILLED, "低保、临时救助审核经办人，全年核查340户。", 170),
    ("yejingyi", "普通话和方言主持", SKILLED, "主持社区文艺演出和听证会共9场。", 140),
    ("baishan", "矛盾调解", SKILLED, "全年主持调解31场，写出调解协议书28份。", 160),
    ("xiongfeiyan", "防汛值守", TEACHES, "汛期值守带班46天，卫星电话和应急广播操作教员。", 110),
    ("xiongfeiyan", "急救", SKILLED, "救护员证在有效期内，给企业上过5次急救课。", 90),
    ("liaison", "无人机航拍", SKILLED, "为9个村拍摄防汛和违建比对照片42次。", 70),
]
# person, skill, level, what shows it, days ago it was claimed
WAITING = [
    ("tanghuaijin", "防汛值守", SKILLED, "今年汛期值守38天，两次提前转移危房群众。", 3),
    ("yejingyi", "新闻摄影", USES, "跟着信息员拍了文化下乡活动3场。", 6),
    ("shaowenmin", "惠农补贴核算", USES, "参加全县补贴核算培训，独立核对过两个村。", 2),
    ("liaison", "无人机航拍", TEACHES, "已带会两名村干部操作无人机。", 1),
]


def build(township: Any) -> None:
    """The list of skills, and what people of the sample have claimed."""
    kept = {
        name: Skill.objects.get_or_create(name=name, defaults={"about": about})[0] for name, about in SKILLS.items()
    }
    officer = township.user("efficiency_office")
    for key, name, level, proof, days in HELD:
        claimed = _claim(township, key, kept[name], level, proof, days + 3)
        # The officer's own is confirmed by the leader in charge.
        decider = township.user("shenyun") if key == "efficiency_office" else officer
        lifecycle.confirm(claimed, level, decider, _at(days))
    for key, name, level, proof, days in WAITING:
        _claim(township, key, kept[name], level, proof, days)
    refused = _claim(township, "luyao", kept["急救"], USES, "看过急救知识视频。", 25)
    lifecycle.refuse(
        refused, "请先参加红十字会培训，拿到救护员证后再申报。", township.user("efficiency_office"), _at(22)
    )


def _claim(township: Any, key: str, skill: Skill, level: int, proof: str, days: int) -> PersonSkill:
    asked = PersonSkill(person=township.people[key], skill=skill, level=level, proof=proof, claimed_at=_at(days))
    return lifecycle.claim(asked, township.user(key), links=[Link("/", "镇网站")] if key == "editor" else ())


def _at(days_ago: int) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(days=days_ago)
