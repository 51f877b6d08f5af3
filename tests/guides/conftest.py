"""A place for guides, and a guide with every element."""

import datetime

import pytest
from wagtail.models import Site

from guides.models import GuideIndexPage, GuidePage, GuidePlace, LifeEvent
from organisation.enums import UnitKind
from organisation.models import Unit
from suite.publishing.domain import publish_batch
from suite.roles.domain import group

LONG_AGO = datetime.date(2020, 1, 1)


def material(name="居民身份证", **changes):
    return {
        "type": "material",
        "value": {
            "name": name, "originals": 1, "copies": 1, "form": "paper", "source": "applicant", "required": True,
            "deferrable": False, "note": "", "sample": None, "blank": None, "only_for": "", **changes,
        },
    }  # fmt: skip


def step(name, limit=0, **changes):
    """A step; ``ways`` as pairs (label, number of the step)."""
    ways = [{"label": label, "to": to} for label, to in changes.pop("ways", [])]
    value = {"name": name, "post": "民政窗口", "action": "", "limit": limit, "unit": "working", "only_for": ""}
    return {"type": "step", "value": {**value, **changes, "ways": ways}}


def question(text, *answers):
    return {"type": "question", "value": {"text": text, "answers": list(answers)}}


def complete(**changes):
    """The fields of a guide that lacks nothing: free, twenty working days, three steps."""
    return {
        "title": "最低生活保障审核确认",
        "summary": "家里收入低于低保标准的，可以按月领生活补助。",
        "item_kind": "benefit",
        "case_kind": "promised",
        "level": "township",
        "audience": "person",
        "conditions": "<p>共同生活的家庭成员人均收入低于当地低保标准。</p>",
        "materials": [material(), material("户口簿", copies=1)],
        "steps": [step("申请受理"), step("入户调查", 10), step("审核确认", 8)],
        "statutory_limit": 30,
        "promised_limit": 20,
        "visits": 1,
        "visits_reason": "需要本人签署授权书",
        "scope": "本镇",
        "contact_phone": "8812 0311",
        "complaint_phone": "8812 0105",
        "result_name": "最低生活保障确认通知书",
        "no_sample_reason": "按月打卡发放，不发证件",
        "basis": [{"type": "basis", "value": {"title": "社会救助暂行办法", "article": "第十条", "page": None}}],
        "remedies": "对结果不服的，可以在六十日内向县人民政府申请行政复议。",
        **changes,
    }


@pytest.fixture
def hall(db):
    return Unit.objects.create(kind=UnitKind.HALL, name="便民服务受理室", since=LONG_AGO)


@pytest.fixture
def team(db):
    return Unit.objects.create(kind=UnitKind.TEAM, name="民政社保服务队", since=LONG_AGO)


@pytest.fixture
def event(db):
    return LifeEvent.objects.create(name="生活困难", slug="hardship")


@pytest.fixture
def index(db):
    """The guides' home, still a draft: what is below it can be published all the same."""
    return Site.objects.get(is_default_site=True).root_page.add_child(instance=GuideIndexPage(title="办事指南"))


@pytest.fixture
def draft(index, hall, team, event):
    """draft(**changes): a complete guide with changes, as a draft."""

    def write(**changes):
        guide = GuidePage(responsible_unit=team, **complete(**changes))
        guide.places = [GuidePlace(unit=hall, window="3号窗口")]
        guide.life_events = [event]
        index.refresh_from_db()
        return index.add_child(instance=guide)

    return write


@pytest.fixture
def publish(django_user_model, index):
    """publish(guide): the guide as it stands, live, cleared by two others."""
    people = []
    for role in ("checker", "approver"):
        person = django_user_model.objects.create_user(f"{role}-of-guides")
        person.groups.add(group(role))
        people.append(person)

    def put(guide):
        for page in [*([] if index.live else [index]), guide]:
            assert publish_batch([page], *people, name="test", file_hash="0" * 64).refused == []
            page.refresh_from_db()
        return type(guide).objects.get(pk=guide.pk)

    return put
