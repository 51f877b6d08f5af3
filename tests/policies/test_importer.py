import json

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from policies.domain.importing.importer import import_policies
from policies.models import ConfidentialityCheck, PolicyIndexPage, PolicyPage
from suite.publishing.models import BatchDecision, Clearance

pytestmark = pytest.mark.django_db


@pytest.fixture
def laws(tmp_path):
    """Three laws, of which the second carries somebody's ID number."""
    rows = [
        {"id": "a", "title": "甲办法", "text": "甲办法\n第一条 为了方便群众。"},
        {"id": "b", "title": "乙名单", "text": "张某，身份证号11010519491231002X。"},
        {"id": "c", "title": "丙细则", "text": "第一条 自印发之日起施行。"},
    ]
    source = tmp_path / "laws.jsonl"
    source.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return source


def titles(**conditions):
    return sorted(PolicyPage.objects.filter(**conditions).values_list("title", flat=True))


def test_without_names_all_rows_become_drafts(laws, room):
    report = import_policies(laws)
    assert (report.drafts, report.published, report.refused) == (3, 0, [])
    assert titles(live=False) == ["丙细则", "乙名单", "甲办法"]


def test_with_two_names_rows_are_published_on_one_decision(laws, room, person):
    checker, approver = person("checker"), person("approver")
    report = import_policies(laws, checked_by=checker, approved_by=approver)
    assert report.published == 2
    assert titles(live=True) == ["丙细则", "甲办法"]
    (decision,) = BatchDecision.objects.all()
    assert (decision.checked_by, decision.approved_by) == (checker, approver)
    assert {check.policy.title: (check.checked_by, check.batch) for check in ConfidentialityCheck.objects.all()} == {
        "甲办法": (checker, decision),
        "丙细则": (checker, decision),
    }
    assert Clearance.objects.filter(batch=decision, page__in=PolicyPage.objects.live()).count() == 2


def test_a_row_with_an_id_number_stays_a_draft_and_says_where(laws, room, person):
    report = import_policies(laws, checked_by=person("checker"), approved_by=person("approver"))
    (refused,) = report.refused
    assert (refused.place, refused.title) == ("第2行", "乙名单")
    assert "11010519491231002X" not in refused.reason
    assert titles(live=False) == ["乙名单"]


def test_a_second_run_goes_on_where_the_first_was_broken_off(laws, room, person, monkeypatch):
    checker, approver = person("checker"), person("approver")
    monkeypatch.setattr("policies.domain.importing.importer.PORTION", 1)

    def broken_off(rows):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_policies(laws, checked_by=checker, approved_by=approver, progress=broken_off)
    assert titles(live=True) == ["甲办法"]
    report = import_policies(laws, checked_by=checker, approved_by=approver)
    assert (report.there_already, report.published, len(report.refused)) == (1, 1, 1)
    assert titles() == ["丙细则", "乙名单", "甲办法"]
    assert BatchDecision.objects.count() == 1


def test_drafts_of_a_first_run_are_published_by_a_second_with_names(laws, room, person):
    import_policies(laws)
    report = import_policies(laws, checked_by=person("checker"), approved_by=person("approver"))
    assert (report.published, report.drafts) == (2, 0)
    assert titles(live=True) == ["丙细则", "甲办法"]


def test_where_there_is_no_reading_room_one_is_made_and_published(laws, db, person):
    PolicyIndexPage.objects.all().delete()
    import_policies(laws, checked_by=person("checker"), approved_by=person("approver"))
    (room,) = PolicyIndexPage.objects.all()
    assert (room.live, room.get_children().count()) == (True, 3)


def test_one_name_alone_is_refused(laws, room, person):
    with pytest.raises(ValidationError, match="需要两个人"):
        import_policies(laws, checked_by=person("checker"))
    assert not PolicyPage.objects.exists()


def test_the_same_name_twice_is_refused_and_nothing_is_kept(laws, room, person):
    both = person("checker")
    with pytest.raises(ValidationError):
        import_policies(laws, checked_by=both, approved_by=both)
    assert not PolicyPage.objects.exists()


def test_someone_who_may_not_check_is_refused(laws, room, person):
    with pytest.raises(ValidationError, match="没有保密审查的权限"):
        import_policies(laws, checked_by=person("editor"), approved_by=person("approver"))


def test_the_command_lists_every_refused_row_with_its_reason(laws, room, person, capsys):
    person("checker")
    person("approver")
    call_command("import_policies", str(laws), checked_by="checker", approved_by="approver")
    printed = capsys.readouterr().out
    assert "未通过：第2行《乙名单》" in printed
    assert "发布 2 份，草稿 0 份，已有 0 份，未导入或未发布 1 份。" in printed


def test_the_command_names_a_user_that_is_not_there(laws, room):
    with pytest.raises(CommandError, match="没有名为 nobody 的用户"):
        call_command("import_policies", str(laws), checked_by="nobody", approved_by="nobody")
