"""Materials for staff and for villagers, and people in units, with accounts, who may read some of them."""

import datetime
from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from wagtail.models import Site

from organisation.enums import UnitKind
from organisation.models import Appointment, Person, Post, Unit
from suite.body.from_text import blocks_from_text
from suite.publishing.domain.lifecycle import approve, submit
from suite.roles.domain import group
from training.domain.materials import versions
from training.models import MaterialIndexPage, MaterialPage

LONG_AGO = datetime.date(2020, 1, 1)


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    """What training keeps on the disk goes with the test."""
    settings.VAR_DIR = tmp_path / "var"


def account(name, *roles):
    """An account that holds `roles`, without a person."""
    user = get_user_model().objects.create_user(name, f"{name}@example.com", "x")
    user.groups.set([group(role) for role in roles])
    return user


def appoint(name, unit, *roles, since=LONG_AGO, until=None, with_account=True):
    """A person with a post in `unit`, and an account called `name` that holds `roles`."""
    person = Person.objects.create(name=name, user=account(name, *roles) if with_account else None)
    post, _ = Post.objects.get_or_create(unit=unit, name="工作人员")
    Appointment.objects.create(person=person, post=post, since=since, until=until)
    return person


@pytest.fixture
def township(db):
    """石桥镇 with an office that has a team, a second office and a village; six people with accounts.

    ``units``: township, office, team (below office), other, village. ``people`` by name: 李 (cadre) in the team, 王
    (cadre, head) in the office, 赵 (cadre) in the other office, 孙 (liaison) in the village, 周 (efficiency office),
    吴 (leader) in the township.
    """
    top = Unit.objects.create(kind=UnitKind.TOWNSHIP, name="石桥镇", since=LONG_AGO)
    office = Unit.objects.create(kind=UnitKind.OFFICE, name="党政综合办公室", parent=top, since=LONG_AGO)
    team = Unit.objects.create(kind=UnitKind.TEAM, name="民政社保服务队", parent=office, since=LONG_AGO)
    other = Unit.objects.create(kind=UnitKind.OFFICE, name="经济发展办公室", parent=top, since=LONG_AGO)
    village = Unit.objects.create(kind=UnitKind.VILLAGE, name="柳岸村", parent=top, since=LONG_AGO)
    people = {
        "李": appoint("李", team, "cadre"),
        "王": appoint("王", office, "cadre", "head"),
        "赵": appoint("赵", other, "cadre"),
        "孙": appoint("孙", village, "liaison"),
        "周": appoint("周", other, "cadre", "efficiency_office"),
        "吴": appoint("吴", top, "cadre", "leader"),
    }
    units = SimpleNamespace(township=top, office=office, team=team, other=other, village=village)
    return SimpleNamespace(units=units, people=people, user=lambda name: people[name].user)


@pytest.fixture
def editors(db):
    """Accounts of the workflow: ``editor``, ``checker``, ``approver``."""
    return SimpleNamespace(**{role: account(role, role) for role in ("editor", "checker", "approver")})


@pytest.fixture
def section(db):
    """The section of materials, still a draft: what is below it can be published all the same."""
    home = Site.objects.get(is_default_site=True).root_page
    return home.add_child(instance=MaterialIndexPage(title="学习资料"))


@pytest.fixture
def draft_material(section, editors):
    """draft_material(title="…", audience="staff", **fields): a text material as a draft of the editor's."""

    def write(title="会议记录怎么写", **fields):
        section.refresh_from_db()
        fields = {
            "kind": "document",
            "audience": "staff",
            "body": blocks_from_text("先写时间、地点、到会的人。"),
            **fields,
        }
        roles, units = fields.pop("roles", []), fields.pop("units", [])
        page = MaterialPage(title=title, owner=editors.editor, **fields)
        page.roles, page.units = roles, units
        page = section.add_child(instance=page)
        page.save_revision(user=editors.editor)
        return page

    return write


@pytest.fixture
def publish(editors):
    """publish(page): the newest draft of the page goes through the workflow. Returns the live page."""

    def put(page):
        submit(page, editors.editor)
        approve(page, editors.checker)
        return approve(page, editors.approver)

    return put


@pytest.fixture
def change(editors, publish):
    """change(page, matters=True, what_changed="…", **fields): publishes another version. Returns the live page."""

    def edit(page, matters=True, what_changed="第二条改了", **fields):
        draft = page.get_latest_revision_as_object()
        for name, value in (fields or {"body": blocks_from_text(f"{what_changed}。")}).items():
            setattr(draft, name, value)
        versions.answer(draft, matters, what_changed)
        draft.save_revision(user=editors.editor)
        return publish(draft)

    return edit


@pytest.fixture
def staff_material(draft_material, publish):
    """A text material for all staff, live."""
    return publish(draft_material())


@pytest.fixture
def villagers_material(draft_material, publish):
    """A text material for villagers, live."""
    return publish(draft_material("灭火器怎么用", audience="villagers"))
