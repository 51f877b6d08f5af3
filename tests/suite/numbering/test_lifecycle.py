import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from wagtail.models import ModelLogEntry

from suite.numbering.domain import gaps, issue, keep_series, next_number, void, year_report
from suite.numbering.models import DocumentNumber, NumberSeries
from suite.theme.models import OfficeSettings
from tests.suite.numbering.conftest import moment

pytestmark = pytest.mark.django_db


def refusal(act, *args, **kwargs):
    with pytest.raises(ValidationError) as caught, transaction.atomic():
        act(*args, **kwargs)
    return " ".join(caught.value.messages)


def texts():
    return sorted(DocumentNumber.objects.values_list("text", flat=True))


def test_numbers_follow_each_other_and_begin_anew_each_year(series, editor):
    given = [issue(series, editor, "甲", at=moment(year)).text for year in (2026, 2026, 2027, 2027)]
    assert given == ["石政发〔2026〕1号", "石政发〔2026〕2号", "石政发〔2027〕1号", "石政发〔2027〕2号"]


def test_each_series_counts_for_itself(series, editor):
    other = NumberSeries.objects.create(prefix="石政办", first_year=2020)
    given = [issue(each, editor, "甲", at=moment(2026)).text for each in (series, other, series)]
    assert given == ["石政发〔2026〕1号", "石政办〔2026〕1号", "石政发〔2026〕2号"]


def test_an_office_that_begins_in_mid_year_goes_on_from_paper_and_the_next_year_begins_at_one(series, editor):
    series.first_year, series.first_number = 2026, 34
    keep_series(series, editor)
    given = [issue(series, editor, "甲", at=moment(year)).text for year in (2026, 2026, 2027)]
    assert given == ["石政发〔2026〕34号", "石政发〔2026〕35号", "石政发〔2027〕1号"]
    assert gaps(series, 2026) == []
    assert "自2026年起" in refusal(issue, series, editor, "甲", year=2025, at=moment(2026, 1))


def test_the_new_year_begins_when_it_begins_in_the_office(series, editor):
    last_evening = moment(2026, 12, 31, 23)
    # In UTC the year is still the old one.
    new_morning = moment(2027, 1, 1, 1)
    assert issue(series, editor, "甲", at=last_evening).text == "石政发〔2026〕1号"
    assert issue(series, editor, "甲", at=new_morning).text == "石政发〔2027〕1号"


def test_in_january_a_number_of_the_last_year_can_be_taken_and_later_not(series, editor):
    issue(series, editor, "甲", at=moment(2026))
    assert issue(series, editor, "乙", year=2026, at=moment(2027, 1, 31)).text == "石政发〔2026〕2号"
    for year in (2026, 2028):
        assert "只有1月可以补取上一年的" in refusal(issue, series, editor, "丙", year=year, at=moment(2027, 2))
    assert "只有1月可以补取上一年的" in refusal(issue, series, editor, "丙", year=2025, at=moment(2027, 1))


def test_what_is_rolled_back_leaves_no_gap(series, editor):
    issue(series, editor, "甲", at=moment(2026))
    with transaction.atomic():
        assert issue(series, editor, "乙", at=moment(2026)).text == "石政发〔2026〕2号"
        transaction.set_rollback(True)
    assert issue(series, editor, "丙", at=moment(2026)).text == "石政发〔2026〕2号"
    assert gaps(series, 2026) == []


def test_a_voided_number_stays_with_its_reason_and_is_not_given_again(series, editor, approver):
    number = issue(series, editor, "甲", at=moment(2026))
    voided = void(number, " 重复发文 ", approver)
    assert (voided.state, voided.void_reason, voided.voided_by) == ("voided", "重复发文", approver)
    assert issue(series, editor, "乙", at=moment(2026)).text == "石政发〔2026〕2号"
    assert texts() == ["石政发〔2026〕1号", "石政发〔2026〕2号"]
    assert str(year_report(series, 2026)) == "1–2号，无缺号，作废1个"


def test_without_a_reason_or_a_second_time_nothing_is_voided(series, editor, approver):
    number = issue(series, editor, "甲", at=moment(2026))
    assert "请填写原因" in refusal(void, number, "  ", approver)
    void(number, "错发", approver)
    assert "已于" in refusal(void, number, "再次", approver)
    number.refresh_from_db()
    assert number.void_reason == "错发"


def test_a_missing_number_would_be_reported(series, editor):
    for title in "甲乙丙":
        issue(series, editor, title, at=moment(2026))
    DocumentNumber.objects.filter(number=2).delete()
    assert gaps(series, 2026) == [2]
    assert str(year_report(series, 2026)) == "1–3号，缺号：2，无作废"


def test_the_database_itself_takes_no_number_twice(series, editor):
    number = issue(series, editor, "甲", at=moment(2026))
    twin = DocumentNumber(series=series, year=2026, number=number.number, title="乙", issued_at=moment(2026))
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_a_document_has_a_title_and_the_series_is_in_use(series, editor):
    assert "请填写文件标题" in refusal(issue, series, editor, "  ", at=moment(2026))
    series.active = False
    keep_series(series, editor)
    assert "不再取号" in refusal(issue, series, editor, "甲", at=moment(2026))
    assert texts() == []


def test_a_record_has_one_number_until_that_is_voided(series, editor, approver):
    letter = ("hearings.letter", 7)
    first = issue(series, editor, "告知书", reference=letter, at=moment(2026))
    assert (first.reference_kind, first.reference_key) == ("hearings.letter", "7")
    assert first.text in refusal(issue, series, editor, "告知书", reference=letter, at=moment(2026))
    void(first, "写错对象", approver)
    assert issue(series, editor, "告知书", reference=letter, at=moment(2026)).number == 2
    assert issue(series, editor, "告知书", reference=("hearings.letter", 8), at=moment(2026)).number == 3


def test_what_comes_next_is_told_and_not_given(series, editor):
    assert [str(next_number(series, 2026)) for _each in "ab"] == ["石政发〔2026〕1号"] * 2
    issue(series, editor, "甲", at=moment(2026))
    assert str(next_number(series, 2026)) == "石政发〔2026〕2号"


def test_the_log_says_who_issued_and_who_voided_and_why(series, editor, approver):
    number = issue(series, editor, "甲", at=moment(2026))
    void(number, "错发", approver)
    log = ModelLogEntry.objects.for_instance(number).order_by("pk")
    assert [(entry.action, entry.user, entry.message, entry.comment) for entry in log] == [
        ("numbering.issue", editor, "取文号石政发〔2026〕1号：《甲》", ""),
        ("numbering.void", approver, "文号石政发〔2026〕1号作废", "错发"),
    ]


def test_prefix_and_beginning_are_fixed_once_a_number_was_given(series, editor):
    series.prefix = "石府发"
    keep_series(series, editor)
    issue(series, editor, "甲", at=moment(2026))
    for name, value in (("prefix", "石政发"), ("first_year", 2019), ("first_number", 5)):
        changed = NumberSeries.objects.get(pk=series.pk)
        setattr(changed, name, value)
        assert "已经取过号" in refusal(keep_series, changed, editor)
    changed = NumberSeries.objects.get(pk=series.pk)
    changed.purpose = "公文"
    assert keep_series(changed, editor).purpose == "公文"


@pytest.mark.parametrize("prefix", ["石政发〔2026〕", "石政 发", "石政发1", ""])
def test_a_prefix_is_characters_alone(series, editor, prefix):
    refusal(keep_series, NumberSeries(prefix=prefix), editor)


def test_the_offices_prefix_becomes_the_first_series_and_later_ones_do_not(db):
    office = OfficeSettings.for_site(_site())
    office.document_prefix = "石门政发"
    office.save()
    office.document_prefix = "石门办发"
    office.save()
    assert [*NumberSeries.objects.values_list("prefix", "first_number")] == [("石门政发", 1)]


def test_settings_with_something_else_for_a_prefix_are_saved_and_make_no_series(db):
    office = OfficeSettings.for_site(_site())
    office.document_prefix = "石门政发〔2026〕"
    office.save()
    assert not NumberSeries.objects.exists()


def _site():
    from wagtail.models import Site

    return Site.objects.get(is_default_site=True)
