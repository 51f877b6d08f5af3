"""The guide's form, its review while it is filled in, the registers and lists around it."""

import datetime
import io
import json
from http import HTTPStatus

import pytest
from bs4 import BeautifulSoup
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.models import Site
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from guides.domain.checks import problems
from guides.domain.exchange.writing import export_guides
from guides.models import GuidePage, GuidePlace, GuideVersion, PlainWord
from organisation.enums import UnitKind
from organisation.models import Unit
from suite.hooks import collect
from suite.roles.domain import group
from suite.theme.models import OfficeSettings
from tests.guides.conftest import material, question, step

pytestmark = pytest.mark.django_db
BUTTON = {"action-submit": "1"}


@pytest.fixture
def person(django_user_model):
    """person(role): an account in that role."""

    def account(role):
        user = django_user_model.objects.create_user(f"{role}-here")
        user.groups.add(group(role))
        return user

    return account


@pytest.fixture
def editor(client, person):
    user = person("editor")
    client.force_login(user)
    return user


def rows(blocks):
    """Blocks of tests.guides.conftest as the form posts them."""
    posted = []
    for block in blocks:
        value = dict(block["value"])
        for name in ("required", "deferrable"):
            if name in value and not value.pop(name):
                continue
        for name in ("ways", "answers"):
            if name in value:
                value[name] = _list(value[name])
        posted.append((block["type"], {name: "" if one is None else one for name, one in value.items()}))
    return streamfield(posted)


def _list(items):
    posted = {
        str(number): {"value": one, "deleted": "", "order": str(number), "id": ""} for number, one in enumerate(items)
    }
    return {**posted, "count": len(items)}


def form(places=(), **fields):
    """A guide's form as a browser posts it: empty but for these fields."""
    blocks = {name: rows(fields.pop(name, [])) for name in ("materials", "questions", "steps")}
    return nested_form_data(
        {
            "title": "",
            "slug": "",
            "conditions": rich_text(fields.pop("conditions", "<p></p>")),
            "statutory_unit": "working",
            "promised_unit": "working",
            **blocks,
            "basis": streamfield([]),
            "answers": streamfield([]),
            "places": inline_formset([{"unit": unit.pk, "window": "", "hours": ""} for unit in places]),
            "comments": inline_formset([]),
            **fields,
        }
    )


def new(index):
    return reverse("wagtailadmin_pages:add", args=["guides", "guidepage", index.pk])


def edit(guide):
    return reverse("wagtailadmin_pages:edit", args=[guide.pk])


def errors(response):
    found = response.context["form"].errors
    return {name: [str(one) for one in messages] for name, messages in found.items()}


def test_a_draft_needs_nothing_but_a_title(client, index, editor):
    answer = client.post(new(index), form(title="待写"))
    guide = GuidePage.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, edit(guide))
    assert (guide.title, guide.summary, list(guide.steps), guide.live) == ("待写", "", [], False)


def test_a_draft_keeps_rows_that_are_not_finished(client, index, editor):
    steps = [step("", None, post=""), step("审核", ways=[("同意", ""), ("", "77")])]
    client.post(new(index), form(title="待写", steps=steps, materials=[material("", note="要原件")]))
    guide = GuidePage.objects.get().get_latest_revision_as_object()
    assert [block.value["name"] for block in guide.steps] == ["", "审核"]
    assert [way["to"] for way in guide.steps[1].value["ways"]] == ["", "77"]
    assert guide.materials[0].value["note"] == "要原件"


def test_handing_on_an_empty_guide_names_everything_beside_its_field(client, index, editor):
    answer = client.post(new(index), form(title="待写", at_window="on") | BUTTON)
    found = errors(answer)
    assert set(found) == {
        "__all__", "audience", "steps", "complaint_phone", "contact_phone", "summary", "item_kind", "case_kind",
        "level", "conditions", "responsible_unit", "scope", "result_name", "remedies", "basis", "materials",
        "no_sample_reason", "visits", "statutory_limit", "promised_limit",
    }  # fmt: skip
    assert found["__all__"] == ["尚未提交下一环节：有20处需要修改。您输入的内容都还在。", "请填写受理的窗口或站点。"]
    assert answer.context["form"].formsets["places"].non_form_errors() == ["请填写受理的窗口或站点。"]
    assert not GuidePage.objects.exists()


def test_a_row_that_is_not_finished_hides_no_other_problem(client, index, editor):
    answer = client.post(new(index), form(title="待写", steps=[step("受理"), step("", post="")]) | BUTTON)
    found = errors(answer)
    assert found["steps"] == ["第2行有缺漏或错误，请看该行的提示。"]
    assert found["summary"] == ["请用一句话说明群众能得到什么。"]
    assert "Validation error" not in answer.content.decode()


def test_a_new_guide_begins_with_what_is_the_same_for_all(client, index, editor):
    OfficeSettings.objects.create(
        site=Site.objects.get(), township_name="石桥镇人民政府", hall_phone="8812 0110", supervision_phone="8812 0109"
    )
    page = BeautifulSoup(client.get(new(index)).content, "html.parser")
    assert [page.find(id=f"id_{name}")["value"] for name in ("contact_phone", "complaint_phone", "scope")] == [
        "8812 0110", "8812 0109", "石桥镇人民政府",
    ]  # fmt: skip
    assert "行政复议" in page.find(id="id_remedies").text


def test_a_saved_guide_is_left_as_it_is(client, draft, editor):
    OfficeSettings.objects.create(site=Site.objects.get(), hall_phone="8812 0110")
    page = BeautifulSoup(client.get(edit(draft(contact_phone=""))).content, "html.parser")
    assert not page.find(id="id_contact_phone").get("value")


def test_the_form_shows_how_the_saved_guide_stands_without_a_script(client, draft, editor):
    page = BeautifulSoup(client.get(edit(draft(promised_limit=10, remedies=""))).content, "html.parser")
    paths = page.find(attrs={"data-guide-review": "paths"})
    assert paths.find(class_="is-wrong").text == (
        "最长路径：第1 → 2 → 3步，共18个工作日（折合25.2天）；承诺10个工作日（折合14天）：超出承诺。"
    )
    assert [name.text.split(" ", 1)[-1].strip() for name in paths.find_all(class_="chart-name")] == [
        "申请受理", "入户调查", "审核确认",
    ]  # fmt: skip
    missing = page.find(attrs={"data-guide-review": "review"}).find("ol").find_all("li")
    assert [one["data-field"] for one in missing] == ["steps", "remedies"]


class TestReview:
    """What the form is answered while it is filled in."""

    def ask(self, client, guide, **fields):
        answer = client.post(reverse("guides_review", args=[guide.pk]), form(title=guide.title, **fields))
        return {part: BeautifulSoup(html, "html.parser") for part, html in json.loads(answer.content).items()}

    def test_the_longest_way_is_that_of_what_is_typed_and_nothing_is_saved(self, client, draft, editor):
        guide = draft()
        typed = [step("受理", 1, ways=[("齐全", "3"), ("不齐", "2")]), step("补齐", 2), step("决定", 4)]
        parts = self.ask(client, guide, steps=typed, promised_limit=5)
        assert parts["paths"].p.text == (
            "最长路径：第1 → 2 → 3步，共7个工作日（折合9.8天）；承诺5个工作日（折合7天）：超出承诺。"
        )
        assert len(parts["paths"].find_all(class_="chart-step")) == 3
        saved = GuidePage.objects.get(pk=guide.pk)
        assert saved.promised_limit == 20
        assert [block.value["name"] for block in saved.steps] == ["申请受理", "入户调查", "审核确认"]
        assert not saved.revisions.exists()

    def test_variants_stand_one_under_the_other(self, client, draft, editor):
        parts = self.ask(
            client,
            draft(),
            questions=[question("谁来办？", "本人", "代办")],
            steps=[step("受理", 1), step("核对", 2, only_for="1B")],
        )
        assert [heading.text for heading in parts["paths"].find_all("h3")] == ["本人", "代办"]

    def test_advice_and_what_is_missing_come_along(self, client, draft, editor):
        PlainWord.objects.create(official="予以", plain="给")
        parts = self.ask(client, draft(), summary="予以补助。")
        missing, said = parts["review"].find_all("ol")
        assert "summary" not in [one["data-field"] for one in missing.find_all("li")]
        assert [one.text for one in said.find_all("li")] == ["一句话说明 “予以”：可以说成“给”"]

    def test_a_guide_not_yet_saved_is_answered_too(self, client, index, editor):
        address = reverse("guides_review_new", args=[index.pk])
        answer = client.post(address, form(title="", steps=[step("受理", 3)], promised_limit=3))
        assert "承诺3个工作日（折合4.2天）：符合。" in answer.json()["paths"]
        assert not GuidePage.objects.exists()

    def test_what_is_typed_is_shown_as_text(self, client, draft, editor):
        parts = self.ask(client, draft(), steps=[step("<script>x</script>")], summary="<b>ETC</b>")
        assert parts["paths"].find("script") is None
        assert parts["review"].find("b") is None

    @pytest.mark.parametrize("role", ["hall_director", "system_admin"])
    def test_only_who_may_edit_the_guide_is_answered(self, client, draft, index, person, role):
        client.force_login(person(role))
        for name, page in (("guides_review", draft()), ("guides_review_new", index)):
            answer = client.post(reverse(name, args=[page.pk]), form(title="甲"))
            assert (answer.status_code, answer.get("Location", "/admin/")) in {(302, "/admin/"), (403, "/admin/")}

    def test_it_asks_for_the_forms_token_and_answers_no_get(self, draft, editor):
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(editor)
        address = reverse("guides_review", args=[draft().pk])
        assert strict.post(address, form(title="甲")).status_code == 403
        assert strict.get(address).status_code == 405


REGISTER = "/admin/guides/guidepage/"
VERSIONS = "/admin/guides/guideversion/"


def test_the_register_names_unit_version_and_state(client, draft, publish, person):
    guide = publish(draft())
    draft(title="草稿")
    client.force_login(person("approver"))
    page = BeautifulSoup(client.get(REGISTER).content, "html.parser")
    assert len(page.select("tbody tr")) == 2
    cells = [cell.get_text(strip=True) for cell in page.find("a", string=guide.title).find_parent("tr").find_all("td")]
    assert [cell for cell in cells if cell in ("民政社保服务队", "承诺件", "1", "—")] == [
        "民政社保服务队", "承诺件", "1", "—",
    ]  # fmt: skip


def test_the_register_asks_the_database_for_no_more_than_the_parent_of_each_further_guide(
    client, draft, person, django_assert_max_num_queries
):
    draft(title="甲")
    client.force_login(person("approver"))
    client.get(REGISTER)
    with django_assert_max_num_queries(500) as one:
        client.get(REGISTER)
    asked = len(one)
    for number in range(10):
        draft(title=f"事项{number}")
    with django_assert_max_num_queries(asked + 10):
        client.get(REGISTER)


def test_a_version_says_in_words_what_it_changed_and_cannot_be_changed(client, draft, publish, person):
    guide = publish(draft())
    guide.summary = "按月领生活补助。"
    guide.save_revision()
    publish(guide)
    client.force_login(person("approver"))
    newest = GuideVersion.objects.get(number=2)
    html = client.get(f"{VERSIONS}inspect/{newest.pk}/").content.decode()
    assert "一句话说明：由“家里收入低于低保标准的，可以按月领生活补助。”改为“按月领生活补助。”" in html
    first = GuideVersion.objects.get(number=1)
    assert "这是第一版。" in client.get(f"{VERSIONS}inspect/{first.pk}/").content.decode()
    for end in ("create/", f"edit/{newest.pk}/", f"delete/{newest.pk}/"):
        assert client.get(VERSIONS + end).status_code in (302, 403)
    assert GuideVersion.objects.count() == 2


@pytest.mark.parametrize(
    ("role", "opens"),
    [
        ("editor", {"guidepage", "guideversion", "plainword"}),
        ("checker", {"guidepage", "guideversion"}),
        ("approver", {"guidepage", "guideversion", "plainword", "lifeevent"}),
        ("hall_director", {"guidepage", "guideversion"}),
        ("efficiency_office", {"guidepage", "guideversion", "settings"}),
        ("system_admin", {"plainword", "lifeevent", "settings"}),
        ("audit_admin", set()),
    ],
)
def test_each_role_opens_its_lists_and_no_others(client, person, role, opens):
    user = person(role)
    client.force_login(user)
    addresses = {
        "guidepage": REGISTER,
        "guideversion": VERSIONS,
        "plainword": reverse("wagtailsnippets_guides_plainword:add"),
        "lifeevent": reverse("wagtailsnippets_guides_lifeevent:add"),
        "settings": reverse("wagtailsettings:edit", args=["guides", "guidessettings"]),
    }
    opened = set()
    for name, address in addresses.items():
        answer = client.get(address, follow=True)
        if answer.status_code == HTTPStatus.OK and answer.request["PATH_INFO"].startswith(address):
            opened.add(name)
    assert opened == opens
    allowed = {row.url_name: row.allowed(user) for row in collect("permission_rows")}
    assert allowed["guides_guidepage_modeladmin_index"] == ("guidepage" in opens)
    assert allowed["guides_guideversion_modeladmin_index"] == ("guideversion" in opens)


def test_settings_that_make_no_sense_are_refused_beside_the_field(client, person):
    client.force_login(person("efficiency_office"))
    address = client.get(reverse("wagtailsettings:edit", args=["guides", "guidessettings"]))["Location"]
    answer = client.post(address, {"natural_per_working": "1.4", "longest_sentence": "0", "remedies": ""})
    assert errors(answer) == {"longest_sentence": ["确保该值大于或等于10。"]}


def test_a_unit_that_a_guide_names_is_not_deleted_and_one_that_only_a_draft_named_leaves_a_gap(client, draft, editor):
    guide = draft()
    with pytest.raises(ProtectedError):
        guide.responsible_unit.delete()
    other = Unit.objects.create(kind=UnitKind.TEAM, name="撤销的服务队", since=datetime.date(2020, 1, 1))
    guide.responsible_unit = other
    guide.places = [GuidePlace(unit=other)]
    guide.save_revision()
    other.delete()
    page = BeautifulSoup(client.get(edit(guide)).content, "html.parser")
    said = [" ".join(one.get_text().split()) for one in page.select("[data-guide-review=review] ol:first-of-type li")]
    assert said == ["实施主体 请选择实施主体。", "办理地点 请填写受理的窗口或站点。"]
    output = io.BytesIO()
    assert export_guides(output) == 1
    assert load_workbook(output)["地点"].max_row == 1


def test_a_guide_that_another_replaced_may_be_deleted_and_the_other_loses_its_pointer_only(draft):
    after = draft(title="新")
    before = draft(title="旧", slug="jiu", replaced_by=after)
    before.save_revision()
    after.delete()
    kept = GuidePage.objects.get(pk=before.pk).get_latest_revision_as_object()
    assert (kept.replaced_by, list(problems(kept))) == (None, [])


def guide_kind():
    (kind,) = [kind for kind in collect("search_kinds") if kind.key == "guide"]
    return kind


def test_a_guide_is_started_with_what_was_asked_as_its_title(client, editor, index):
    address = guide_kind().start("拖拉机 & 补贴")
    page = BeautifulSoup(client.get(address).content, "html.parser")
    assert page.select_one("#id_title")["value"] == "拖拉机 & 补贴"
    plain = BeautifulSoup(client.get(address.partition("?")[0]).content, "html.parser")
    assert plain.select_one("#id_title").get("value") is None


def test_without_a_list_of_guides_none_is_started():
    assert guide_kind().start("拖拉机") == ""
