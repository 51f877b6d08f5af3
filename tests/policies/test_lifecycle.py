from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from policies.domain.lifecycle import check_confidentiality, record_validity
from policies.enums import Validity
from policies.models import PolicyPage, ValidityRecord
from suite.publishing import PublicationRefused
from suite.publishing.domain.lifecycle import approve, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(person):
    return person("editor")


@pytest.fixture
def approver(person):
    return person("approver")


@pytest.fixture
def policy(room, editor):
    return draft(room, editor, "甲办法")


def draft(room, editor, title):
    page = room.add_child(
        instance=PolicyPage(title=title, owner=editor, body=[{"type": "paragraph", "value": "<p>正文。</p>"}])
    )
    page.save_revision(user=editor, log_action=True)
    return page


def test_without_a_confidentiality_check_nobody_passes_the_document(policy, editor, person):
    submit(policy, editor)
    with pytest.raises(PublicationRefused, match="还没有作保密审查"):
        approve(policy, person("checker"))


def test_a_checked_document_goes_live_after_two_passes(policy, editor, person, approver):
    checker = person("checker")
    submit(policy, editor)
    check_confidentiality(policy, checker)
    approve(policy, checker)
    assert approve(policy, approver).live


def test_text_changed_after_the_check_needs_a_new_check(policy, editor, person):
    checker = person("checker")
    check_confidentiality(policy, checker)
    policy.body = [{"type": "paragraph", "value": "<p>换了内容。</p>"}]
    policy.save_revision(user=editor, log_action=True)
    submit(policy, editor)
    with pytest.raises(PublicationRefused, match="还没有作保密审查"):
        approve(policy, checker)


def test_an_author_may_not_check_their_own_document(policy, person):
    checker = person("checker")
    policy.issuing_body = "石桥镇人民政府"
    policy.save_revision(user=checker, log_action=True)
    with pytest.raises(ValidationError, match="未参与撰稿"):
        check_confidentiality(policy, checker)


def test_an_editor_may_not_check_for_secrets(policy, person):
    with pytest.raises(ValidationError, match="未参与撰稿"):
        check_confidentiality(policy, person("editor", "other"))


def test_validity_is_unknown_until_somebody_says_so(policy):
    assert policy.validity_status == Validity.UNKNOWN
    assert not policy.is_applicable


def test_the_newest_record_up_to_a_day_counts(policy, approver):
    record_validity(policy, Validity.IN_FORCE, date(2020, 1, 1), approver)
    record_validity(policy, Validity.REPEALED, date(2024, 6, 1), approver)
    days = [date(2019, 12, 31), date(2020, 1, 1), date(2024, 5, 31), date(2024, 6, 1)]
    found = [policy.validity_records.on(day) for day in days]
    assert [record and record.status for record in found] == [None, "in_force", "in_force", "repealed"]


def test_a_repeal_from_next_month_leaves_the_document_in_force_today(policy, approver):
    today = timezone.localdate()
    record_validity(policy, Validity.IN_FORCE, today, approver)
    record_validity(policy, Validity.REPEALED, today + timedelta(days=30), approver)
    assert PolicyPage.objects.get(pk=policy.pk).validity_status == Validity.IN_FORCE


def test_earlier_records_stay(policy, approver):
    record_validity(policy, Validity.IN_FORCE, date(2020, 1, 1), approver)
    record_validity(policy, Validity.AMENDED, date(2020, 1, 1), approver)
    assert [record.status for record in policy.validity_records.all()] == ["amended", "in_force"]


def test_a_document_in_force_cannot_be_replaced_at_once(policy, room, editor, approver):
    other = draft(room, editor, "乙办法")
    with pytest.raises(ValidationError, match="没有被取代"):
        record_validity(policy, Validity.IN_FORCE, date(2020, 1, 1), approver, replaced_by=other)
    assert not ValidityRecord.objects.exists()


def test_documents_cannot_replace_each_other_in_a_circle(policy, room, editor, approver):
    newer, newest = draft(room, editor, "乙办法"), draft(room, editor, "丙办法")
    record_validity(policy, Validity.REPEALED, date(2020, 1, 1), approver, replaced_by=newer)
    record_validity(newer, Validity.REPEALED, date(2022, 1, 1), approver, replaced_by=newest)
    for title, page in (("甲办法", policy), ("丙办法", newest)):
        with pytest.raises(ValidationError, match=f"《{title}》本身已被这份文件取代"):
            record_validity(newest, Validity.REPEALED, date(2024, 1, 1), approver, replaced_by=page)


def test_an_editor_may_not_record_validity(policy, editor):
    with pytest.raises(ValidationError, match="没有登记效力的权限"):
        record_validity(policy, Validity.IN_FORCE, date(2020, 1, 1), editor)
