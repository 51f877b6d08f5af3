"""The workbook's sheets and columns, in one place for writing, reading and explaining them.

Its words are Chinese constants, not translations: they are the file's format, and a workbook that was filled in
yesterday must be readable whatever the screens say today.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Choices
from wagtail.blocks import StructBlock

from guides.blocks import MOST_QUESTIONS, AnswerBlock, BasisBlock, MaterialBlock, StepBlock
from guides.enums import Audience, CaseKind, ItemKind, Level, LimitUnit, MaterialForm, MaterialSource
from guides.variants import LETTERS
from printing.charts import MOST_WAYS


class Kind(StrEnum):
    """What may stand in a cell."""

    TEXT = "文字"
    WHOLE = "整数"
    YES_NO = "是、否"
    CHOICE = "从列表中选"
    DAY = "日期"
    UNIT = "单位名称"
    DOCUMENT = "文件标题"
    PAGE = "页面标题"
    EVENTS = "多个名称，用分号隔开"
    ITEM = "事项编号"


@dataclass(frozen=True)
class Column:
    """``name``: the field or the part of the block; ``default``: what an empty cell says; ``width`` in characters."""

    name: str
    heading: str
    note: str = ""
    kind: Kind = Kind.TEXT
    choices: type[Choices] | None = None
    default: Any = None
    width: int = 16


@dataclass(frozen=True, eq=False)
class SheetFormat:
    """A sheet. ``part``: what of an item its rows are, '' for the items themselves; ``most``: rows it may have."""

    title: str
    part: str
    note: str
    columns: tuple[Column, ...]
    most: int
    block: StructBlock | None = None

    @property
    def headings(self) -> list[str]:
        return [column.heading for column in self.columns]


YES, NO = "是", "否"
# A name that is not the only one of its kind is followed by its number.
NUMBERED = " #"
GUIDANCE = "说明"
LISTS = "选项"
# An office has some hundred items; a list of a whole county has fewer than this.
MOST_ITEMS = 2_000
MOST_ROWS = 20_000
# Of one sheet for one item: with more, nobody can open its form.
MOST_OF_ONE = 100
KEY = Column(
    "key",
    "事项编号",
    "同一事项在各张表里写同一个编号，以后也不要改。可以写简称（如“低保”）或拼音，以汉字或字母开头；"
    "新事项的网址由它转成拼音。已有事项的编号就是网址里的名字。",
    Kind.ITEM,
    width=22,
)


def _text(name: str, heading: str, note: str = "", width: int = 30) -> Column:
    return Column(name, heading, note, default="", width=width)


def _choice(name: str, heading: str, choices: type[Choices], default: str = "", note: str = "") -> Column:
    return Column(name, heading, note, Kind.CHOICE, choices, default)


def _yes_no(name: str, heading: str, default: bool, note: str = "") -> Column:
    return Column(name, heading, note, Kind.YES_NO, None, default, 10)


def _whole(name: str, heading: str, note: str = "", default: int | None = None) -> Column:
    return Column(name, heading, note, Kind.WHOLE, None, default, 10)


_ONLY_FOR = _text(
    "only_for",
    "仅适用于答案",
    "对所有人都适用的留空。否则写答案的代号，如“1A 2B”：“问题”表里第1个问题的答案A、第2个问题的答案B。",
    16,
)

ITEMS = SheetFormat(
    "事项",
    "",
    "每个事项一行。",
    (
        KEY,
        _text("title", "事项名称", "必填。"),
        _text("summary", "一句话说明", "用大白话说明群众能得到什么，不超过120字。", 40),
        _text("item_code", "事项编码", "国家事项清单中的编码，没有可不填。", 22),
        _choice("item_kind", "事项类型", ItemKind),
        _choice("case_kind", "办件类型", CaseKind, note="即办件不填承诺时限。"),
        _choice("level", "行使层级", Level),
        Column("life_events", "人生大事", "可写多个，用分号隔开；名称见“选项”表。", Kind.EVENTS, width=20),
        _choice("audience", "服务对象", Audience),
        _text("conditions", "受理条件", "可分行（Alt+Enter）。没有改动的，网页上的加粗、列表和链接会保留。", 40),
        _yes_no("no_materials", "无需提交材料", False, "什么都不用带的填“是”，并且“材料”表里不写这个事项。"),
        _whole("promised_limit", "承诺时限", "天数，1至730。"),
        _choice("promised_unit", "承诺时限单位", LimitUnit, LimitUnit.WORKING),
        _whole("statutory_limit", "法定时限", "天数，1至730。"),
        _choice("statutory_unit", "法定时限单位", LimitUnit, LimitUnit.WORKING),
        _yes_no("no_statutory_limit", "无法定时限", False, "法律没有规定时限的填“是”。"),
        _yes_no("at_window", "窗口办理", True),
        _yes_no("by_agent", "村级代办", False),
        _text("online", "网上办理地址", "以 https:// 开头的完整网址。"),
        _whole("visits", "到场次数", "不用到场填0。"),
        _text("visits_reason", "到场原因", "到场次数大于0时必填。"),
        _text("scope", "通办范围", "例如：全县通办。", 20),
        Column("responsible_unit", "实施主体", "单位全称，名称见“选项”表。", Kind.UNIT, width=24),
        _text("contact_phone", "咨询电话", "座机或服务热线，不写手机号。", 18),
        _text("complaint_phone", "投诉电话", "与咨询电话不同。", 18),
        _text("result_name", "办理结果", "群众最后拿到的证件、批复或钱款。"),
        Column("result_sample", "结果样本", "已上传到“文件”里的样本的标题。", Kind.DOCUMENT, width=24),
        _text("no_sample_reason", "没有样本的原因"),
        _text("fee", "收费标准", "不收费的留空。"),
        _text("fee_basis", "收费依据", "收费必须有国家文件依据。"),
        _text("remedies", "救济途径", "向谁申请复议或起诉、期限多长。", 40),
        Column("valid_from", "生效日期", "如 2026-11-21；留空表示自发布之日起。", Kind.DAY, width=14),
        Column("valid_until", "有效期至", "如 2026-11-21；没有期限的留空。", Kind.DAY, width=14),
        Column("replaced_by", "由哪个事项代替", "失效后代替它的事项的编号。", Kind.ITEM, width=22),
    ),
    MOST_ITEMS,
)
MATERIALS = SheetFormat(
    "材料",
    "materials",
    "要带的材料，每份一行；各行的先后就是网页上的先后。",
    (
        KEY,
        _text("name", "材料名称"),
        _whole("originals", "原件份数", "0至20；不填时，没有复印件的按1份，有复印件的按0份。"),
        _whole("copies", "复印件份数", "0至20。", 0),
        _choice("form", "材料形式", MaterialForm, MaterialForm.PAPER),
        _choice("source", "来源渠道", MaterialSource, MaterialSource.APPLICANT),
        _yes_no("required", "必须提供", True),
        _yes_no("deferrable", "可容缺", False, "缺这一份也先受理、以后补交的填“是”。"),
        _text("note", "注意事项", width=36),
        Column("sample", "填写样本", "已上传到“文件”里的样本的标题。", Kind.DOCUMENT, width=24),
        Column("blank", "空白表格", "已上传到“文件”里的空白表格的标题。", Kind.DOCUMENT, width=24),
        _ONLY_FOR,
    ),
    MOST_ROWS,
    MaterialBlock(),
)
STEPS = SheetFormat(
    "环节",
    "steps",
    "办理环节，每个一行；各行的先后就是环节的序号（第1行是环节1）。",
    (
        KEY,
        _text("name", "环节名称"),
        _text("post", "责任岗位", width=20),
        _text("action", "做什么", width=40),
        _whole("limit", "时限", "天数；当场办结的填0。"),
        _choice("unit", "时限单位", LimitUnit, LimitUnit.WORKING),
        *(
            column
            for number in range(1, MOST_WAYS + 1)
            for column in (
                _text(f"label_{number}", f"去向{number}情形", "什么情况下走这条路，如“材料齐全”。", 16),
                _text(
                    f"to_{number}",
                    f"去向{number}环节",
                    "转到第几个环节，到此结束填0。各去向都不填时，接着办下一个环节。",
                    12,
                ),
            )
        ),
        _ONLY_FOR,
    ),
    MOST_ROWS,
    StepBlock(),
)
QUESTIONS = SheetFormat(
    "问题",
    "questions",
    f"分情形提问：材料或环节因人而异时才写，每个事项最多{MOST_QUESTIONS}个，每个问题一行；各行的先后就是问题的序号。",
    (
        KEY,
        _text("text", "问题", "例如：谁来申请？", 36),
        *(_text(letter, f"答案{letter}", "至少两个答案。", 20) for letter in LETTERS),
    ),
    MOST_ROWS,
)
BASIS = SheetFormat(
    "依据",
    "basis",
    "设定依据，每条一行。",
    (
        KEY,
        _text("title", "法律或文件", "法律或文件的名称。", 40),
        _text("article", "条款", "例如：第十条。", 20),
        Column("page", "文件查阅处中的文件", "已在本站公布的，写页面的标题。", Kind.PAGE, width=40),
    ),
    MOST_ROWS,
    BasisBlock(),
)
ANSWERS = SheetFormat(
    "常见问题",
    "answers",
    "群众常问的问题和答复，每个一行。",
    (KEY, _text("question", "问题", width=36), _text("answer", "答复", width=60)),
    MOST_ROWS,
    AnswerBlock(),
)
PLACES = SheetFormat(
    "地点",
    "places",
    "受理的窗口或站点，每个一行。",
    (
        KEY,
        Column("unit", "窗口或站点", "单位全称，名称见“选项”表。", Kind.UNIT, width=24),
        _text("window", "窗口", "例如：3号窗口。", 16),
        _text("hours", "办理时间", "留空表示与机关办公时间相同。", 30),
    ),
    MOST_ROWS,
)
PARTS = (MATERIALS, STEPS, QUESTIONS, BASIS, ANSWERS, PLACES)
SHEETS = (ITEMS, *PARTS)
