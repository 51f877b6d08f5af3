"""What came on paper: chosen among who owes, keyed in with its day, marked so; and results on paper."""

import datetime

import pytest
from django.urls import reverse

from commitments.domain.lifecycle import commitments
from organisation.models import Person
from tests.commitments import staging
from tests.commitments.test_form import field, posted
from tests.reading import text

CHOOSE = "/desk/commitments/key-in/"


@pytest.fixture
def paper(made, time):
    """Somebody without an account, in the team; the month is open."""
    made.paper = staging.person("周有田")
    staging.appoint(made.paper, made.team, "队员二")
    made.month = staging.month(made)
    return made


@pytest.fixture
def clerk(paper, client):
    client.force_login(paper.users.clerk)
    return client


def form_of(one):
    return reverse("commitments_key_in_form", args=[one.pk])


def owed(paper):
    return staging.commitment(paper.paper, paper.month)


def test_only_who_owes_can_be_chosen_and_never_oneself(paper, clerk):
    staging.filed(paper.cadre, paper.month)
    shown = text(clerk.get(CHOOSE))
    assert "周有田" in shown
    assert "田野" not in shown
    assert "沈静" not in shown
    assert "2026年11月还有6人未提交。" in shown
    found = text(clerk.get(CHOOSE, {"q": "周"}))
    assert "周有田" in found
    assert "白露" not in found
    assert "没有姓名或单位相符的未提交人员" in text(clerk.get(CHOOSE, {"q": "没有这人"}))


def test_a_paper_is_keyed_in_with_its_day_and_marked(paper, clerk, time):
    time.go(days=2)
    one = owed(paper)
    page = clerk.get(form_of(one))
    assert "周有田的月承诺 2026年11月" in text(page)
    rows = staging.rows(2, paper.month)
    answer = clerk.post(form_of(one), posted(rows, filed_on="2026-11-03"), follow=True)
    assert "已为周有田代录，待审批。" in text(answer)
    one = owed(paper)
    assert (one.state, one.source, one.late, one.filed_by) == ("filed", "paper", False, paper.users.clerk)
    assert one.promises.count() == 2


def test_the_day_on_the_paper_decides_whether_it_is_late(paper, clerk, time):
    time.go(days=8)
    one = owed(paper)
    answer = clerk.post(form_of(one), posted(staging.rows(1, paper.month), filed_on="2026-11-09"), follow=True)
    assert "已为周有田代录，标为逾期，待审批。" in text(answer)
    assert owed(paper).late is True


def test_what_is_wrong_is_said_at_the_top_and_beside_and_nothing_typed_is_lost(paper, clerk):
    rows = staging.rows(2, paper.month)
    rows[1]["due"] = "2026-12-01"
    page = clerk.post(form_of(owed(paper)), posted(rows, filed_on="2026-11-30"))
    assert page.status_code == 422
    assert 'href="#id_filed_on"' in page.content.decode()
    assert field(page, "filed_on") == "2026-11-30"
    assert field(page, "rows-0-work") == "修好1组的路灯"
    page = clerk.post(form_of(owed(paper)), posted(rows, filed_on="2026-11-02"))
    assert page.status_code == 422
    assert 'href="#id_rows-1-due"' in page.content.decode()
    assert field(page, "rows-1-due") == "2026-12-01"
    missing = clerk.post(form_of(owed(paper)), posted(rows))
    assert missing.status_code == 422
    assert owed(paper).state == "owed"


def test_forty_rows_stay_in_the_form(paper, clerk):
    page = clerk.post(form_of(owed(paper)), posted(staging.rows(1, paper.month) * 40, filed_on="2026-11-02"))
    assert page.status_code == 422
    assert field(page, "rows-39-work") == "修好1组的路灯"
    assert owed(paper).promises.count() == 0


def test_the_clerk_is_warned_where_somebody_writes_on_the_desk(paper, clerk):
    one = staging.commitment(paper.cadre, paper.month)
    commitments.save_draft(one, staging.rows(1, paper.month), 0, "", paper.users.cadre)
    assert "田野已在办公桌上开始填写" in text(clerk.get(form_of(one)))
    assert "已在办公桌上开始填写" not in text(clerk.get(form_of(owed(paper))))


def test_a_liaison_keys_in_a_cadre_does_not(paper, client):
    liaison = staging.account("liaison", "liaison")
    client.force_login(liaison)
    assert client.get(CHOOSE).status_code == 200
    assert client.post(
        form_of(owed(paper)), posted(staging.rows(1, paper.month), filed_on="2026-11-02")
    ).status_code == 302  # fmt: skip
    assert owed(paper).filed_by == liaison
    client.force_login(paper.users.cadre)
    assert client.get(CHOOSE).status_code == 403
    assert client.get(form_of(owed(paper))).status_code == 403


def test_a_result_on_paper_is_keyed_in_too(paper, clerk, time):
    clerk.post(form_of(owed(paper)), posted(staging.rows(1, paper.month), filed_on="2026-11-02"))
    commitments.approve(owed(paper), paper.users.deputy)
    time.now = staging.after_filing(paper.month)
    staging.reporting(paper, paper.month)
    address = reverse("commitments_result_for", args=[owed(paper).pk])
    assert f'href="{address}"' in clerk.get(CHOOSE).content.decode()
    page = clerk.get(address)
    assert "周有田" in text(page)
    assert "按纸质表代录" in text(page)
    promise = owed(paper).promises.get()
    sent = {f"claimed-{promise.pk}": "partly", f"result-{promise.pk}": "装好10盏", "report": "1"}
    sent |= {"version": field(page, "version"), f"links-{promise.pk}": "https://example.com/"}
    assert clerk.post(address, sent).status_code == 302
    promise.refresh_from_db()
    assert (owed(paper).state, promise.claimed, promise.result) == ("reported", "partly", "装好10盏")
    assert clerk.get(address).status_code == 302


def test_nobody_keys_in_the_result_of_who_writes_on_the_desk(paper, clerk, time):
    staging.approved(paper.cadre, paper.month)
    time.now = staging.after_filing(paper.month)
    staging.reporting(paper, paper.month)
    address = reverse("commitments_result_for", args=[staging.commitment(paper.cadre, paper.month).pk])
    assert address not in clerk.get(CHOOSE).content.decode()
    assert clerk.get(address).status_code == 403
    assert Person.objects.filter(user=None).count() == 1
    assert time.now.date() > datetime.date(2026, 11, 6)
