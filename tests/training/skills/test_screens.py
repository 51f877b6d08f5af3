"""Skills on the desk: claimed with a phone, confirmed, found, counted."""

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from suite.evidence.domain import evidence_of
from suite.hooks import collect
from tests.reading import text
from training.domain.skills.confirming import EVIDENCE_KIND
from training.enums import SkillLevel, SkillState
from training.models import PersonSkill

OWN, CLAIM, WAITING, WHO, SHARE = (f"training_skills_{name}" for name in ("own", "claim", "waiting", "who", "share"))
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def step(claimed, name):
    return reverse("training_skills_step", args=[claimed.pk, name])


def items(user):
    return [(item.title, item.reason) for item in collect("desk_items", user) if item.key == "training.skills"]


@pytest.fixture
def opened(client):
    """Opens an address by name as somebody."""

    def open_(person, name, **query):
        client.force_login(person.user)
        return client.get(reverse(name), query)

    return open_


def test_a_skill_is_claimed_with_a_file_and_stands_among_ones_own(town, client):
    client.force_login(town.cadre.user)
    form = {
        "skill": town.drone.pk,
        "level": "2",
        "proof": "拍过9个村。",
        "evidence_files": SimpleUploadedFile("证书.pdf", PDF),
        "evidence_links": "",
    }
    page = client.post(reverse(CLAIM), form, follow=True)
    made = PersonSkill.objects.get()
    assert page.redirect_chain == [(reverse("training_skills_one", args=[made.pk]), 302)]
    assert "已申报：无人机航拍。接下来由他人认定。" in text(page)
    assert [one.name for one in evidence_of((EVIDENCE_KIND, made.pk))] == ["证书.pdf"]
    own = text(client.get(reverse(OWN)))
    assert "无人机航拍 熟练" in own
    assert "待认定" in own


def test_what_is_wanting_stands_beside_its_field_and_nothing_typed_is_lost(town, client):
    client.force_login(town.cadre.user)
    page = client.post(reverse(CLAIM), {"skill": town.drone.pk, "proof": "拍过9个村。"})
    html = BeautifulSoup(page.content, "html.parser")
    assert page.status_code == 422
    assert [link["href"] for link in html.select("#errors a")] == ["#id_level_0"]
    assert html.find("textarea", {"name": "proof"}).get_text().strip() == "拍过9个村。"
    assert html.find("select", {"name": "person"}) is None


def test_the_office_enters_what_somebody_without_a_desk_can_do(town, client):
    elder = town.person("钱有福", unit=town.office, account=False)
    client.force_login(town.clerk.user)
    client.post(reverse(CLAIM), {"person": elder.pk, "skill": town.drone.pk, "level": "1", "proof": "放过羊。"})
    assert PersonSkill.objects.get().person == elder


def test_the_leader_in_charge_finds_it_on_the_desk_and_confirms_it(town, client):
    claimed = town.claim()
    assert items(town.leader.user) == [("认定 1 项技能申报", "方旭申报。")]
    for nobody in (town.other, town.clerk, town.head, town.cadre, town.supervisor):
        assert items(nobody.user) == []
    client.force_login(town.leader.user)
    page = client.get(reverse(WAITING))
    assert [line["href"] for line in BeautifulSoup(page.content, "html.parser").select(".entries a")] == [
        reverse("training_skills_one", args=[claimed.pk])
    ]
    page = client.post(step(claimed, "confirm"), {"level": "1"}, follow=True)
    assert "已认定。现在开始计入，同事也能查到。" in text(page)
    claimed.refresh_from_db()
    assert (claimed.state, claimed.level) == (SkillState.CONFIRMED, SkillLevel.USES)
    assert items(town.leader.user) == []


def test_claims_that_no_leader_can_decide_are_left_to_the_office(town):
    town.head.active = False
    town.head.save()
    town.claim(town.leader)
    assert items(town.clerk.user) == [("认定 1 项技能申报", "沈赟申报。")]


def test_many_claims_are_one_line(town):
    for number in range(4):
        town.claim(town.person(f"同事{number}", "cadre", unit=town.office))
    assert items(town.leader.user) == [("认定 4 项技能申报", "同事0、同事1、同事2等人申报。")]


def test_it_is_refused_with_a_reason_that_the_person_reads(town, client):
    claimed = town.claim()
    client.force_login(town.leader.user)
    assert client.post(step(claimed, "refuse"), {"reason": ""}).status_code == 422
    client.post(step(claimed, "refuse"), {"reason": "请补合格证。"})
    client.force_login(town.cadre.user)
    assert "请补合格证。" in text(client.get(reverse(OWN)))


def test_a_claim_is_withdrawn_and_a_skill_ended_on_the_desk(town, client):
    claimed, held = town.claim(), town.confirmed(town.farmer)
    client.force_login(town.cadre.user)
    client.post(step(claimed, "withdraw"))
    client.force_login(town.farmer.user)
    client.post(step(held, "end"), {"reason": "执照过期。"})
    assert set(PersonSkill.objects.values_list("state", flat=True)) == {SkillState.ENDED}


def test_a_step_that_is_not_open_leads_back_and_says_so(town, client):
    held = town.confirmed()
    client.force_login(town.clerk.user)
    page = client.get(step(held, "confirm"), follow=True)
    assert "这项技能现在不能这样处理，请查看当前状态。" in text(page)
    assert client.get(step(held, "fly")).status_code == 404


def test_what_was_claimed_is_for_the_person_and_those_who_lead_them(town, client):
    claimed = town.claim()
    address = reverse("training_skills_one", args=[claimed.pk])
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


def test_colleagues_find_who_can_do_it_with_a_number_to_call(town, opened):
    town.confirmed()
    town.cadre.work_phone, town.cadre.mobile = "8812 0221", "19900000002"
    town.cadre.save()
    page = opened(town.farmer, WHO, q="hangpai", level="2")
    html = BeautifulSoup(page.content, "html.parser")
    assert [line.h2.get_text(" ", strip=True) for line in html.select(".able > li")] == ["方旭 党政办公室"]
    assert [link["href"] for link in html.select(".able .phone")] == ["tel:88120221"]
    assert b"19900000002" not in page.content
    assert "没有人认定过这样的技能。" in text(opened(town.farmer, WHO, q="hangpai", level="3"))
    assert "方旭" in text(opened(town.farmer, WHO, level="9"))


def test_the_share_of_cadres_is_for_those_who_see_others(town, opened):
    town.confirmed()
    assert opened(town.cadre, SHARE).status_code == 403
    page = text(opened(town.leader, SHARE))
    assert "2 名干部中 50.0% 已有认定的技能。" in page
    assert "目标为超过 80%，尚未达到。" in page
    assert "柏建民" in page
    file = opened(town.leader, "training_skills_file")
    assert file["Content-Type"].endswith("spreadsheetml.sheet")
    assert opened(town.cadre, "training_skills_file").status_code == 403


def test_who_is_not_in_the_directory_has_no_skills(town, client, django_user_model):
    client.force_login(django_user_model.objects.create_user("visitor"))
    assert [client.get(reverse(name)).status_code for name in (OWN, CLAIM, WAITING, WHO)] == [403] * 4


def test_the_registers_show_each_leader_their_own_people_and_the_office_keeps_the_list(town, client):
    town.confirmed()
    town.confirmed(town.farmer)
    index = reverse("training_personskill_modeladmin_index")
    client.force_login(town.clerk.user)
    page = client.get(index).content.decode()
    assert "方旭" in page
    assert "路遥" in page
    client.force_login(town.leader.user)
    page = client.get(index).content.decode()
    assert "方旭" in page
    assert "路遥" not in page
    assert client.get(reverse("training_skill_modeladmin_create")).status_code in (302, 403)


def test_a_skill_that_somebody_claimed_is_not_deleted(town, client):
    town.claim()
    client.force_login(town.clerk.user)
    page = client.post(reverse("training_skill_modeladmin_delete", args=[town.drone.pk]))
    assert (page.status_code, "方旭 无人机航拍" in page.content.decode()) == (409, True)
    PersonSkill.objects.all().delete()
    client.post(reverse("training_skill_modeladmin_delete", args=[town.drone.pk]))
    assert not type(town.drone).objects.filter(pk=town.drone.pk).exists()
