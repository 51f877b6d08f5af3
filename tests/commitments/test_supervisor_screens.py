"""The efficiency supervisor on the desk: what there is by unit, each row looked at, handed on or sent back."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from commitments.enums import CommitmentState, Outcome
from commitments.models import Verification
from tests.commitments import staging
from tests.commitments.staging import appoint
from tests.reading import text


@pytest.fixture
def results(made, month, time):
    """The month has come to its results; ``reported(person)`` reports."""
    people = (made.cadre, made.other, made.third)
    for one in people:
        staging.approved(one, month)
    time.now = staging.after_filing(month)
    staging.reporting(made, month)
    return lambda person, **changes: staging.reported(person, month, **changes)


@pytest.fixture
def supervisor(made, client):
    client.force_login(made.users.supervisor)
    return client


def verify(one):
    return reverse("commitments_verify_one", args=[one.pk])


def found(one, **changes):
    """What the supervisor fills in for every row; a change is for the first."""
    data = {}
    for number, promise in enumerate(one.promises.order_by("number")):
        row = {"way": "visit", "agrees": "yes", "remark": "", **(changes if number == 0 else {})}
        data |= {f"p{promise.pk}-{name}": value for name, value in row.items()}
    return data


def listed(page):
    html = BeautifulSoup(page.content, "html.parser")
    return {
        section.h2.get_text(): [line.a["href"] for line in section.select(".entries > li")]
        for section in html.select(".unit-group")
    }


def test_results_are_listed_by_unit(made, results, supervisor):
    one, other = results(made.cadre), results(made.other)
    page = supervisor.get(reverse("commitments_verifications"))
    assert listed(page) == {"党政办公室": [verify(one)], "经济发展服务中心": [verify(other)]}
    assert "2 份月承诺" in text(page)
    assert "已核实 0／2 项" in text(page)


def test_the_list_of_one_unit_has_only_its_own(made, results, supervisor):
    one = results(made.cadre)
    results(made.other)
    page = supervisor.get(reverse("commitments_verify", args=["2026-11", made.office.pk]))
    assert listed(page) == {"党政办公室": [verify(one)]}
    assert supervisor.get(reverse("commitments_verify", args=["2026-13", made.office.pk])).status_code == 404


def test_ones_own_units_are_not_in_the_list_and_say_why(made, results, client):
    one, other = results(made.third), results(made.cadre)
    appoint(made.supervisor, made.centre)
    client.force_login(made.users.supervisor)
    assert listed(client.get(reverse("commitments_verifications"))) == {"党政办公室": [verify(other)]}
    page = client.get(verify(one))
    assert "农业服务队是您所在或本月曾在的单位，请交其他监督员核实。" in text(page)
    assert BeautifulSoup(page.content, "html.parser").select("main button") == []
    client.post(verify(one), {**found(one), "do": "finish"})
    one.refresh_from_db()
    assert one.state == CommitmentState.REPORTED
    assert not Verification.objects.exists()


def test_a_supervisor_reads_promise_claim_result_and_evidence(made, results, supervisor):
    one = results(made.cadre, claimed=Outcome.PARTLY)
    page = supervisor.get(verify(one))
    words = text(page)
    for part in (
        "修好1组的路灯",
        "20盏路灯全部亮起来，第1组。",
        "2026年11月11日",
        "部分完成",
        "第1项已办。",
        "现场照片",
    ):
        assert part in words, part


def test_a_result_that_came_late_says_so_and_one_in_time_does_not(made, month, results, client, time):
    in_time = results(made.cadre)
    time.now = month.results_until + datetime.timedelta(seconds=1)
    late = results(made.other)
    client.force_login(made.users.supervisor)
    pages = [text(client.get(verify(one))) for one in (in_time, late)]
    assert ["迟报" in one for one in pages] == [False, True]


def test_all_rows_at_once_go_on_to_the_township(made, results, supervisor):
    one = results(made.cadre)
    answer = supervisor.post(verify(one), {**found(one, remark="现场看过"), "do": "finish"})
    assert answer["Location"] == reverse("commitments_verify", args=["2026-11", made.office.pk])
    one.refresh_from_db()
    assert one.state == CommitmentState.VERIFIED
    rows = list(Verification.objects.order_by("promise__number").values_list("way", "agrees", "remark", "by__username"))
    assert rows == [("visit", True, "现场看过", "supervisor"), ("visit", True, "", "supervisor")]


def test_one_row_can_be_saved_and_the_others_done_later(made, results, supervisor):
    one = results(made.cadre)
    data = found(one)
    first, second = one.promises.order_by("number")
    answer = supervisor.post(
        verify(one), {name: value for name, value in data.items() if name.startswith(f"p{first.pk}-")} | {"do": "save"}
    )
    assert answer["Location"] == verify(one)
    assert [row.promise for row in Verification.objects.all()] == [first]
    assert "已核实 1／2 项" in text(supervisor.get(reverse("commitments_verifications")))
    html = BeautifulSoup(supervisor.get(verify(one)).content, "html.parser")
    assert html.find("input", {"name": f"p{first.pk}-way", "value": "visit"}).has_attr("checked")
    assert not html.find("input", {"name": f"p{second.pk}-way", "value": "visit"}).has_attr("checked")


def test_handing_on_too_early_names_the_rows_that_are_wanting(made, results, supervisor):
    one = results(made.cadre)
    page = supervisor.post(verify(one), {"do": "finish"}, follow=True)
    assert "1. 修好1组的路灯" in BeautifulSoup(page.content, "html.parser").select_one(".message-error").get_text()
    one.refresh_from_db()
    assert one.state == CommitmentState.REPORTED


def test_disagreeing_without_a_remark_is_refused_and_the_other_row_is_kept(made, results, supervisor):
    one = results(made.cadre)
    refused = supervisor.post(verify(one), {**found(one, agrees="no"), "do": "finish"})
    assert refused.status_code == 422
    html = BeautifulSoup(refused.content, "html.parser")
    assert [link["href"] for link in html.select("#errors a")] == ["#row-1"]
    assert html.select_one("#row-1 .errorlist").get_text(strip=True)
    assert html.select("#row-2 .errorlist") == []
    assert html.select_one("#row-1 input[value=no]").has_attr("checked")
    assert [row.promise.number for row in Verification.objects.all()] == [2]


def test_without_evidence_a_remark_is_asked_for(made, results, supervisor):
    one = results(made.cadre, evidence=False)
    assert "没有佐证材料，必须写明核实情况" in text(supervisor.get(verify(one)))
    assert supervisor.post(verify(one), {**found(one), "do": "finish"}).status_code == 422
    assert not Verification.objects.exists()


def test_way_and_agreement_are_asked_for_in_a_row_that_was_begun(made, results, supervisor):
    one = results(made.cadre)
    first = one.promises.order_by("number").first()
    refused = supervisor.post(verify(one), {f"p{first.pk}-remark": "看过", "do": "save"})
    html = BeautifulSoup(refused.content, "html.parser")
    assert len(html.select("#row-1 .errorlist li")) == 2
    assert html.select("#row-2 .errorlist") == []


def test_a_result_is_sent_back_with_a_remark(made, results, supervisor):
    one = results(made.cadre)
    assert supervisor.post(verify(one), {"do": "back", "remark": ""}).status_code == 422
    supervisor.post(verify(one), {"do": "back", "remark": "请附照片"})
    one.refresh_from_db()
    assert (one.state, one.remark) == (CommitmentState.APPROVED, "请附照片")


@pytest.mark.parametrize("who", ["cadre", "leader", "clerk"])
def test_only_supervisors_open_it(made, results, client, who):
    one = results(made.other)
    client.force_login(getattr(made.users, who))
    for address in (verify(one), reverse("commitments_verifications")):
        assert client.get(address).status_code == 403


def test_the_desk_leads_to_the_list(made, results, supervisor):
    links = BeautifulSoup(supervisor.get(reverse("desk")).content, "html.parser").select(".desk-head .actions a")
    assert (links[0].get_text(), links[0]["href"]) == ("核实月承诺", reverse("commitments_verifications"))
