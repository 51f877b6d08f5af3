"""Nobody but the allowed sees anything of a notice: on the desk, in the admin, on paper, in files, in the log."""

import io
import re

import openpyxl
import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from commitments.domain.lifecycle import notices, objections
from commitments.domain.notice_access import may_see, may_see_key, visible_to
from commitments.enums import Grade
from commitments.models import NOTICE_CLOCK, ServedNotice
from organisation.enums import AbsenceKind
from organisation.models import Absence
from suite.evidence.domain import evidence_of
from suite.roles.domain import group
from tests.commitments import notice_staging as staging

EVERYBODY = (
    "head", "leader", "other_leader", "office", "second_office", "cadre", "colleague", "supervisor", "auditor",
)  # fmt: skip
SECRET = "抗旱抽调没有签约"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


@pytest.fixture
def town(town):
    town.auditor = staging.person("郑和", "audit_admin")
    return town


def seen_by(town, notice):
    return {name for name in EVERYBODY if may_see(getattr(town, name).user, notice)}


OFFICE = {"office", "second_office"}


def test_person_leader_and_office_see_a_notice(town):
    assert seen_by(town, staging.proposed(town)) == {*OFFICE, "cadre", "leader"}


def test_it_stays_so_to_the_end(town):
    notice = staging.closed(town)
    assert seen_by(town, notice) == {*OFFICE, "cadre", "leader"}
    assert not may_see(None, notice)


def test_who_decides_an_objection_sees_it_from_then_on(town):
    notice = staging.served(town)
    assert "head" not in seen_by(town, notice)
    objection = objections.object_to(notice, "不对。", town.cadre.user)
    assert seen_by(town, notice) == {*OFFICE, "cadre", "leader", "head"}
    objections.decide_objection(objection, True, "属实。", town.head.user)
    assert seen_by(town, notice) == {*OFFICE, "cadre", "leader", "head"}


def test_who_holds_the_talk_sees_it_once_it_is_approved(town):
    notice = staging.proposed(town, grade=Grade.TALK, talk_by=town.other_leader)
    assert "other_leader" not in seen_by(town, notice)
    notices.approve(notice, town.leader.user)
    assert seen_by(town, notice) == {*OFFICE, "cadre", "leader", "other_leader"}


def test_a_leaders_notice_is_between_them_and_the_head(town):
    notice = staging.proposed(town, staging.failed(town.leader, town.seat))
    assert seen_by(town, notice) == {*OFFICE, "leader", "head"}


def test_a_deputy_sees_what_waits_while_the_leader_is_away(town, december):
    notice = staging.proposed(town)
    day = december.now.date()
    Absence.objects.create(person=town.leader, kind=AbsenceKind.LEAVE, since=day, until=day, deputy=town.other_leader)
    assert "other_leader" in seen_by(town, notice)
    december.go(days=1)
    assert "other_leader" not in seen_by(town, notice)


def test_an_account_that_is_closed_sees_nothing(town):
    notice = staging.served(town)
    for one in (town.cadre, town.leader, town.office):
        one.user.is_active = False
        one.user.save()
        assert not visible_to(one.user).exists()
        assert not may_see(one.user, notice)


@pytest.mark.parametrize("key", ["", "x", "１", "999", "1 "])
def test_a_key_that_is_none_opens_nothing(town, key):
    staging.served(town)
    assert not may_see_key(town.office.user, key)


def test_the_list_costs_the_same_for_many(town):
    staging.served(town)
    user = town.leader.user
    list(visible_to(user))
    with CaptureQueriesContext(connection) as few:
        assert len(visible_to(user)) == 1
    for month in (8, 9, 10):
        first = staging.NOW.date().replace(month=month, day=1)
        staging.proposed(town, staging.failed(town.colleague, town.economy, first))
    with CaptureQueriesContext(connection) as many:
        assert len(visible_to(user)) == 4
    assert len(many) == len(few)


@pytest.fixture
def answered(town):
    """A notice with secrets in every text, and a file."""
    notice = staging.served(town, facts=f"{SECRET}一。")
    objection = objections.object_to(notice, f"{SECRET}二。", town.cadre.user)
    objections.decide_objection(objection, False, f"{SECRET}三。", town.head.user)
    paper = ContentFile(PDF, "说明.pdf")
    notice = notices.answer(notice, f"{SECRET}四。", town.cadre.user, [paper])
    notices.ask_again(notice, f"{SECRET}五。", town.office.user)
    return notices.answer(notice, f"{SECRET}六。", town.cadre.user)


ALLOWED = {"office", "second_office", "cadre", "leader", "head"}


@pytest.mark.parametrize("name", EVERYBODY)
def test_pages_files_and_register_keep_to_it(town, answered, client, name):
    client.force_login(getattr(town, name).user)
    pages = [
        reverse("commitments_notice", args=[answered.pk]),
        reverse("commitments_notice_step", args=[answered.pk, "close"]),
        evidence_of((NOTICE_CLOCK, answered.pk))[0].url,
    ]
    statuses = [client.get(page).status_code for page in pages]
    if name in ALLOWED:
        assert statuses[0] == 200
        assert statuses[2] == 200
    else:
        assert set(statuses) <= {403, 404}
    register = reverse("commitments_servednotice_modeladmin_inspect", args=[answered.pk])
    works_in_admin = name in ALLOWED - {"cadre"}
    assert (client.get(register).status_code == 200) == works_in_admin


@pytest.mark.parametrize("name", ["office", "leader", "other_leader", "head"])
def test_list_and_workbook_hold_what_may_be_seen(town, answered, client, name):
    client.force_login(getattr(town, name).user)
    address = reverse("commitments_servednotice_modeladmin_index")
    html = client.get(address).content.decode()
    book = openpyxl.load_workbook(io.BytesIO(_content(client.get(f"{address}?export=xlsx"))))
    cells = "".join(str(cell.value) for row in book.active.iter_rows() for cell in row)
    for shown in (html, cells):
        assert ("石效通〔2026〕1号" in shown) == (name in ALLOWED)
        assert SECRET not in shown
    assert (town.cadre.name in cells) == (name in ALLOWED)


@pytest.mark.parametrize("name", ["cadre", "colleague", "supervisor"])
def test_who_does_not_work_with_notices_has_no_register(town, answered, client, name):
    client.force_login(getattr(town, name).user)
    assert client.get(reverse("commitments_servednotice_modeladmin_index")).status_code in (302, 403)


@pytest.mark.parametrize("name", EVERYBODY)
def test_desk_and_list_name_nobody_to_others(town, answered, client, name):
    client.force_login(getattr(town, name).user)
    for address in ("/desk/", reverse("commitments_notices")):
        html = client.get(address).content.decode()
        shown = (
            f"{town.cadre.name} 2026年11月" in html or "责任通知书 石效通" in html or f"核查{town.cadre.name}" in html
        )
        if name not in ALLOWED:
            assert not shown
    if name in ALLOWED:
        assert town.cadre.name in html


def test_the_log_quotes_nothing_and_names_nobody(town, answered):
    entries = ModelLogEntry.objects.exclude(content_type__app_label__in=("organisation", "auth", "users"))
    about = [entry for entry in entries if entry.action.startswith(("commitments.", "clock.", "numbering."))]
    assert len(about) > 10
    for entry in about:
        told = f"{entry.label} {entry.message} {entry.comment} {entry.data}"
        assert SECRET not in told
        assert town.cadre.name not in told
    # Who reads about clocks and numbers is not told who acted either, except who approved.
    others = {entry.user for entry in about if not entry.action.startswith("commitments.")}
    assert others == {None, town.leader.user}


@pytest.mark.parametrize("name", ["office", "leader", "other_leader", "head", "auditor"])
def test_the_site_history_shows_entries_to_those_who_see_the_record(town, answered, client, name):
    user = getattr(town, name).user
    entries = ModelLogEntry.objects.viewable_by_user(user).filter(action__startswith="commitments.")
    shown = entries.filter(content_type__model="servednotice").count()
    everything = ModelLogEntry.objects.filter(content_type__model="servednotice").count()
    assert everything == 8
    assert shown == (0 if name == "other_leader" else everything)
    client.force_login(user)
    html = client.get(reverse("wagtailadmin_reports:site_history")).content.decode()
    assert SECRET not in html
    assert ("石效通〔2026〕1号" in re.sub(r"<option.*?</option>", "", html)) == (name != "other_leader")


def test_history_of_a_record_is_for_those_who_see_it(town, answered, client):
    address = reverse("commitments_servednotice_modeladmin_history", args=[answered.pk])
    for name, allowed in (("office", True), ("leader", True), ("other_leader", False)):
        client.force_login(getattr(town, name).user)
        assert (client.get(address).status_code == 200) == allowed


def test_the_search_finds_nothing_of_it(town, answered, client):
    for user in (None, town.colleague.user, town.office.user):
        if user:
            client.force_login(user)
        html = client.get("/search/", {"q": SECRET}).content.decode()
        assert f"{SECRET}一" not in html
        assert 'class="result"' not in html


@pytest.mark.parametrize("kind", ["commitment-notice", "commitment-answer"])
@pytest.mark.parametrize("name", [None, "colleague", "other_leader", "supervisor", "auditor"])
def test_papers_do_not_exist_for_others(town, answered, client, kind, name):
    if name:
        client.force_login(getattr(town, name).user)
    assert client.get(f"/print/{kind}/{answered.pk}.pdf").status_code == 404


def test_a_name_that_is_deleted_from_the_role_sees_nothing_any_more(town, answered):
    town.office.user.groups.remove(group("efficiency_office"))
    user = type(town.office.user).objects.get(pk=town.office.user.pk)
    assert not visible_to(user).exists()
    assert ServedNotice.objects.count() == 1


def _content(response):
    return b"".join(response.streaming_content) if response.streaming else response.content
