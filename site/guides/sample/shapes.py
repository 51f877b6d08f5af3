"""How the sample township's guides are written down; `guides.demo` makes pages of them."""

from dataclasses import dataclass

# What stands in nearly every guide, in the words of the law on administrative reconsideration and of procedure.
APPEAL = (
    "对决定不服的，可以自收到决定之日起60日内向县人民政府申请行政复议，"
    "也可以自收到决定之日起6个月内向人民法院提起行政诉讼。"
)
REVIEW = "对办理结果有异议的，可以请镇便民服务受理室复核，5个工作日内答复；也可以拨打监督投诉电话反映。"


@dataclass(frozen=True)
class Material:
    """A paper to bring. ``form``, ``source``: values of the guides' enums; ``blank``: key of a `BlankForm`."""

    name: str
    note: str = ""
    originals: int = 1
    copies: int = 0
    source: str = "applicant"
    form: str = "paper"
    required: bool = True
    deferrable: bool = False
    blank: str = ""
    only_for: str = ""


@dataclass(frozen=True)
class Step:
    """A step. ``limit`` in days, 0 for at once, None where it depends on the applicant.

    ``ways``: "齐全→3，不齐→2", a label and the number of a step each, 0 for the end.
    """

    name: str
    post: str
    limit: int | None = 0
    action: str = ""
    ways: str = ""
    only_for: str = ""
    unit: str = "working"


@dataclass(frozen=True)
class Basis:
    """What an item rests on. A document of the sample's reading room is found by its title."""

    title: str
    article: str = ""


@dataclass(frozen=True)
class Before:
    """What the first version said: a longer promise, one material more; ``changed``: days ago it was changed."""

    promised: int
    material: Material
    changed: int


@dataclass(frozen=True)
class Guide:
    """One item. Fields are named as the page's are; ``events``: slugs; ``unit`` and ``places``: keys of units."""

    key: str
    title: str
    summary: str
    item_kind: str
    case_kind: str
    level: str
    events: tuple[str, ...]
    unit: str
    conditions: tuple[str, ...]
    materials: tuple[Material, ...]
    steps: tuple[Step, ...]
    result_name: str
    no_sample_reason: str
    basis: tuple[Basis, ...]
    promised: int | None = None
    promised_unit: str = "working"
    law: int | None = None
    law_unit: str = "working"
    audience: str = "person"
    questions: tuple[tuple[str, ...], ...] = ()
    at_window: bool = True
    by_agent: bool = False
    online: str = ""
    visits: int = 1
    visits_reason: str = "需要本人签字确认"
    scope: str = "本镇"
    places: tuple[tuple[str, str, str], ...] = (("shouliting", "综合窗口", ""),)
    result_sample: str = ""
    fee: str = ""
    fee_basis: str = ""
    remedies: str = APPEAL
    answers: tuple[tuple[str, str], ...] = ()
    days_ago: int = 60
    ended: int | None = None
    replaced_by: str = ""
    before: Before | None = None


@dataclass(frozen=True)
class BlankForm:
    """A small form to fill in, as a Word file."""

    key: str
    file_name: str
    title: str
    lines: tuple[str, ...]


ID_CARD = Material("居民身份证", "出示原件，窗口当场读卡")
HOUSEHOLD = Material("户口簿", "窗口能查到的，不用带", source="shared")
BANK = Material("本人银行卡或者社会保障卡", "用来收款，只核对卡号，不留卡")
ENTRUSTED = Material("代办委托书和代办人身份证", "委托书可以在窗口现填", blank="entrust")

# Village stations that accept as well, on the mornings when their agent is there.
STATIONS = (
    ("shouliting", "综合窗口", ""),
    ("shequ", "便民服务点", "周一至周五 8:30–11:30"),
    ("yunling", "便民服务点", "周一、周四 8:30–11:30"),
)
