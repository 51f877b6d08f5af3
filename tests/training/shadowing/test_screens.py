"""Shadowing on the desk: planned, reported on, closed; who sees what."""

from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from suite.evidence.domain import evidence_of
from suite.hooks import collect
from suite.theme.dates import in_list
from tests.reading import text
from tests.training.shadowing.stage import REPORT
from tests.training.town import leave
from training.domain.lifecycle import shadowing as lifecycle
from training.domain.shadowing.people import EVIDENCE_KIND
from training.enums import ShadowingState
from training.models import Shadowing

OWN, PLAN, WAITING = (f"training_shadowing_{name}" for name in ("own", "plan", "waiting"))
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
FORM = {
    "since": "2026-11-05",
    "until": "2026-11-06",
    "unit": "",
    "outside": "县审批局",
    "host": "窗口",
    "purpose": "学受理。",
}


def step(row, name):
    return reverse("training_shadowing_step", args=[row.pk, name])


def items(person):
    return [
        (item.title, item.reason, in_list(item.due))
        for item in collect("desk_items", person.user)
        if item.key.startswith("training.shadowing")
    ]


def html(page):
    return BeautifulSoup(page.content, "html.parser")


def test_one_plans_ones_own_and_finds_it_in_the_own_list(town, client):
    client.force_login(town.cadre.user)
    assert html(client.get(reverse(PLAN))).find("select", {"name": "person"}) is None
    page = client.post(reverse(PLAN), FORM, follow=True)
    made = Shadowing.objects.get()
    assert page.redirect_chain == [(reverse("training_shadowing_one", args=[made.pk]), 302)]
    assert (made.person, made.place, made.planned_by) == (town.cadre, "县审批局", town.cadre.user)
    assert "县审批局 窗口" in text(client.get(reverse(OWN)))


def test_the_office_plans_for_others(town, client):
    client.force_login(town.clerk.user)
    client.post(reverse(PLAN), {**FORM, "person": town.farmer.pk})
    client.post(reverse(PLAN), {**FORM, "person": ""})
    assert [row.person for row in Shadowing.objects.order_by("pk")] == [town.farmer, town.clerk]


def test_what_is_wanting_stands_beside_its_field_and_nothing_typed_is_lost(town, client):
    client.force_login(town.cadre.user)
    page = client.post(reverse(PLAN), {**FORM, "until": "2026-11-04"})
    assert page.status_code == 422
    assert [link["href"] for link in html(page).select("#errors a")] == ["#id_until"]
    assert html(page).find("textarea", {"name": "purpose"}).get_text().strip() == "学受理。"


def test_the_desk_asks_for_the_report_once_it_is_over_and_the_leader_for_reading_it(town, client):
    town.planned(since="2026-11-03", until="2026-11-04")
    row = town.planned()
    assert items(town.cadre) == [
        ("写跟班报告：农业服务队", "跟班已于2026年10月23日结束。", "2026-10-30 23:59"),
    ]
    assert items(town.clerk) == items(town.leader) == []
    client.force_login(town.cadre.user)
    form = {"report": REPORT, "evidence_files": SimpleUploadedFile("台账.pdf", PDF), "evidence_links": ""}
    page = client.post(step(row, "report"), form, follow=True)
    assert "已提交，接下来由分管领导审阅。" in text(page)
    assert [one.name for one in evidence_of((EVIDENCE_KIND, row.pk))] == ["台账.pdf"]
    assert items(town.cadre) == []
    assert items(town.leader) == [("审阅 1 份跟班报告", "方旭提交。", "")]
    for nobody in (town.other, town.clerk, town.head, town.supervisor):
        assert items(nobody) == []
    client.force_login(town.leader.user)
    assert [link["href"] for link in html(client.get(reverse(WAITING))).select(".entries a")] == [
        reverse("training_shadowing_one", args=[row.pk])
    ]
    page = client.post(step(row, "close"), follow=True)
    assert "已办结，计入本人年度学习情况。" in text(page)
    assert Shadowing.objects.get(pk=row.pk).state == ShadowingState.CLOSED
    assert items(town.leader) == []


def test_what_was_sent_back_stands_on_the_desk_with_the_reason_and_in_the_form_with_its_text(town, client):
    row = town.reported()
    client.force_login(town.leader.user)
    assert client.post(step(row, "return"), {"reason": ""}).status_code == 422
    client.post(step(row, "return"), {"reason": "请补充办了哪些件。"})
    assert items(town.cadre) == [("写跟班报告：农业服务队", "报告被退回：请补充办了哪些件。", "")]
    client.force_login(town.cadre.user)
    form = html(client.get(step(row, "report")))
    assert form.find("textarea", {"name": "report"}).get_text().strip() == REPORT
    assert form.get_text().count(REPORT) == 1
    assert form.select_one("main .button-primary").get_text() == "提交报告"


def test_reports_of_people_without_a_desk_are_asked_of_the_office(town):
    elder = town.person("钱有福", unit=town.office, account=False)
    town.planned(elder, by=town.clerk.user)
    assert items(town.clerk) == [
        ("代录跟班报告：钱有福 农业服务队", "跟班已于2026年10月23日结束。", "2026-10-30 23:59"),
    ]


def test_many_reports_are_one_line_and_those_no_leader_closes_are_left_to_the_office(town):
    people = [town.person(f"同事{number}", "cadre", unit=town.office) for number in range(4)]
    for person in people:
        town.reported(person)
    assert items(town.leader) == [("审阅 4 份跟班报告", "同事0、同事1、同事2等人提交。", "")]
    leave(people[0])
    assert items(town.clerk) == [("审阅 1 份跟班报告", "同事0提交。", "")]


def test_it_is_cancelled_on_the_desk_and_then_nothing_more_can_be_done(town, client):
    row = town.planned()
    client.force_login(town.cadre.user)
    client.post(step(row, "cancel"), {"reason": "防汛。"})
    assert "防汛。" in text(client.get(reverse(OWN)))
    page = client.get(step(row, "report"), follow=True)
    assert "这次跟班学习现在不能这样处理，请查看当前状态。" in text(page)
    assert client.get(step(row, "fly")).status_code == 404


def test_it_is_for_the_person_and_those_who_lead_them(town, client):
    row = town.reported()
    address = reverse("training_shadowing_one", args=[row.pk])
    for person, status in (
        (town.cadre, 200),
        (town.leader, 200),
        (town.head, 200),
        (town.supervisor, 200),
        (town.clerk, 200),
        (town.other, 404),
        (town.farmer, 404),
    ):
        client.force_login(person.user)
        assert (person.name, client.get(address).status_code) == (person.name, status)


def test_who_is_not_in_the_directory_has_no_shadowing(town, client, django_user_model):
    row = town.planned()
    client.force_login(django_user_model.objects.create_user("visitor"))
    addresses = [*map(reverse, (OWN, PLAN, WAITING)), reverse("training_shadowing_one", args=[row.pk])]
    assert [client.get(address).status_code for address in addresses] == [403] * 4


def test_the_own_learning_leads_here_and_the_desk_has_no_link_of_its_own(town, client):
    client.force_login(town.cadre.user)
    page = html(client.get(reverse("training_own")))
    for part in (".year-lines a", ".actions a"):
        assert reverse(OWN) in {link["href"] for link in page.select(part)}
    assert reverse(OWN) not in {link.url for link in collect("desk_links", town.cadre.user)}


def test_the_register_shows_each_leader_their_own_people_and_changes_nothing(town, client):
    row = town.planned()
    town.planned(town.farmer, unit=town.office)
    index = reverse("training_shadowing_modeladmin_index")
    for person, seen in ((town.clerk, ["方旭", "路遥"]), (town.leader, ["方旭"]), (town.other, ["路遥"])):
        client.force_login(person.user)
        rows = html(client.get(index)).select("tbody tr")
        assert sorted(name for name in ("方旭", "路遥") if any(name in cells.td.get_text() for cells in rows)) == seen
    client.force_login(town.clerk.user)
    inspect = client.get(reverse("training_shadowing_modeladmin_inspect", args=[row.pk]))
    assert "待交报告" in inspect.content.decode()
    for name in ("edit", "delete"):
        assert client.get(reverse(f"training_shadowing_modeladmin_{name}", args=[row.pk])).status_code in (302, 403)


def test_the_evidence_is_read_by_who_reads_the_report(town):
    row = town.reported()
    (door,) = (one for one in collect("evidence_readers") if one.kind == EVIDENCE_KIND)
    may = [one.name for one in (town.cadre, town.leader, town.farmer) if door.may_read(one.user, str(row.pk))]
    assert may == ["方旭", "沈赟"]
    assert not door.may_read(town.cadre.user, "x")
    assert lifecycle.close(row, town.leader.user).state == ShadowingState.CLOSED
