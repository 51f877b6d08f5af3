"""A page and its number: taken into the draft, held against the register on the way to the public."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from suite.numbering.domain import issue, void
from suite.numbering.domain.pages import attach, problems, take
from suite.numbering.models import DocumentNumber, NumberSeries
from suite.publishing.domain import approve, submit, withdraw
from tests.suite.numbering.conftest import moment
from tests.suite.publishing.steps import make_draft
from tests.suite.publishing.testapp.models import Circular

pytestmark = pytest.mark.django_db
NOW = moment(2026)


def refusal(act, *args, **kwargs):
    with pytest.raises(ValidationError) as caught, transaction.atomic():
        act(*args, **kwargs)
    return " ".join(caught.value.messages)


def draft_of(page):
    return Circular.objects.get(pk=page.pk).get_latest_revision_as_object()


def asked_of(page):
    return [(problem.field, str(problem.message)) for problem in problems(draft_of(page))]


@pytest.fixture
def publish(editor, checker, approver):
    def pass_both(page):
        submit(page, editor)
        approve(page, checker)
        return approve(page, approver)

    return pass_both


def write(page, user, text):
    draft = draft_of(page)
    draft.number = text
    draft.save_revision(user=user, log_action=True)


def test_the_number_is_written_into_the_draft_and_readers_see_nothing_before_it_is_passed(
    circular, series, editor, publish
):
    page = publish(circular())
    number, restarted = take(page, series, editor, at=NOW)
    assert (str(number), number.page_id, number.title, restarted) == ("石政发〔2026〕1号", page.pk, "停水通报", False)
    assert draft_of(page).number == "石政发〔2026〕1号"
    assert draft_of(page).get_latest_revision().user == editor
    page.refresh_from_db()
    assert (page.live, page.number, page.has_unpublished_changes) == (True, "", True)
    assert publish(page).number == "石政发〔2026〕1号"


def test_taking_a_number_changes_the_page_so_a_running_check_starts_again(circular, series, editor, checker, approver):
    page = circular()
    submit(page, editor)
    approve(page, checker)
    with pytest.raises(ValidationError, match="请先撤回"):
        take(page, series, editor, at=NOW)
    _number, restarted = take(page, series, approver, at=NOW)
    assert restarted
    assert Circular.objects.get(pk=page.pk).current_workflow_task.name == "核稿"


def test_an_editor_withdraws_first_and_a_refusal_uses_up_no_number(circular, series, editor):
    page = circular()
    submit(page, editor)
    assert "请先撤回" in refusal(take, page, series, editor, at=NOW)
    withdraw(page, editor)
    assert str(take(page, series, editor, at=NOW)[0]) == "石政发〔2026〕1号"


def test_a_page_has_one_number_and_after_it_is_voided_another(circular, series, editor, approver):
    page = circular()
    first, _restarted = take(page, series, editor, at=NOW)
    assert "已有文号石政发〔2026〕1号" in refusal(take, page, series, editor, at=NOW)
    void(first, "标题有误", approver)
    assert str(take(page, series, editor, at=NOW)[0]) == "石政发〔2026〕2号"
    assert draft_of(page).number == "石政发〔2026〕2号"


def test_a_kind_of_page_without_number_gets_none(series, editor, db):
    from wagtail.models import Page

    poster = make_draft(Page.get_first_root_node(), editor, "海报")
    assert "没有文号" in refusal(take, poster, series, editor, at=NOW)
    assert not DocumentNumber.objects.exists()


def test_a_number_given_on_paper_comes_to_its_page_and_to_one_page_only(circular, series, editor, publish):
    number = issue(series, editor, "停水通报", at=NOW)
    page, other = circular(), circular("防汛通报")
    write(page, editor, str(number))
    [(field, text)] = asked_of(page)
    assert (field, "已给纸质文件《停水通报》" in text) == ("number", True)
    attach(page, number, editor)
    assert asked_of(page) == []
    assert publish(page).number == str(number)
    assert "一个文号只给一份文件" in refusal(attach, other, number, editor)
    second = issue(series, editor, "停水通报", at=NOW)
    assert "已有文号" in refusal(attach, page, second, editor)


def test_a_voided_number_comes_to_no_page(circular, series, editor, approver):
    number = void(issue(series, editor, "甲", at=NOW), "错发", approver)
    assert "错发" in refusal(attach, circular(), number, editor)


@pytest.mark.parametrize("typed", ["石政发〔2026〕1号", "石政发[2026]01号"])
def test_a_number_of_this_office_that_the_register_does_not_know_stays_off_the_public_page(
    circular, series, publish, typed
):
    page = circular(number=typed)
    [(field, text)] = asked_of(page)
    assert (field, text.split("。")[0]) == ("number", "本机关登记簿里没有石政发〔2026〕1号")
    assert "登记簿里没有" in refusal(publish, page)


def test_a_copy_of_a_page_does_not_carry_its_number_to_the_public(circular, series, editor, publish):
    page = circular()
    take(page, series, editor, at=NOW)
    copy = circular("抄来的", number="石政发〔2026〕1号")
    assert asked_of(copy)[0][1].startswith("石政发〔2026〕1号是《停水通报》的文号")
    assert "一个文号只给一份文件" in refusal(publish, copy)


def test_a_page_keeps_the_number_it_was_given_until_that_is_voided(circular, series, editor, approver):
    page = circular()
    number, _restarted = take(page, series, editor, at=NOW)
    write(page, editor, "")
    assert asked_of(page) == [("number", "本页已取文号石政发〔2026〕1号：请填写这个文号，或在登记簿里把它作废。")]
    void(number, "不编号了", approver)
    assert asked_of(page) == []
    write(page, editor, "石政发〔2026〕1号")
    assert "作废（不编号了）" in asked_of(page)[0][1]


def test_a_number_on_a_public_page_is_voided_only_when_that_page_is_down(circular, series, editor, approver, publish):
    page = circular()
    number, _restarted = take(page, series, editor, at=NOW)
    page = publish(page)
    assert "已公开的页面“停水通报”" in refusal(void, number, "错发", approver)
    page.unpublish(user=approver)
    assert void(number, "错发", approver).state == "voided"
    assert "错发" in refusal(submit, page, editor)


@pytest.mark.parametrize("text", ["", "国发〔2026〕1号", "石政发函〔2026〕1号、2号", "主席令第55号", "石政发文件汇编"])
def test_what_is_no_number_of_this_office_is_free_text(circular, series, publish, text):
    assert publish(circular(number=text)).number == text


@pytest.mark.parametrize("text", ["石政发2026年3号", "石政发第3号", "石政发〔26〕3号", "石政发〔2026〕3号、4号"])
def test_a_number_of_this_office_is_written_as_the_standard_says(circular, series, text):
    assert asked_of(circular(number=text)) == [
        ("number", "本机关的文号请写成“石政发〔2020〕1号”的样子，或用上方菜单的“取文号”取号。")
    ]


def test_numbers_from_before_the_register_are_typed_in_but_stand_on_one_public_page(circular, db, publish):
    NumberSeries.objects.create(prefix="石政发", first_year=2026, first_number=8)
    for text in ("石政发〔2025〕3号", "石政发〔2026〕7号"):
        publish(circular(number=text))
        twin = circular("另一份", number=text.replace("〔", "[").replace("〕", "]"))
        assert f"已有{text}" in refusal(publish, twin)
    assert "登记簿里没有" in refusal(publish, circular(number="石政发〔2026〕8号"))


def test_when_a_page_is_deleted_its_number_stays(circular, series, editor):
    page = circular()
    number, _restarted = take(page, series, editor, at=NOW)
    page.delete()
    number.refresh_from_db()
    assert (number.page_id, number.title, number.state) == (None, "停水通报", "issued")
    assert str(issue(series, editor, "乙", at=NOW)) == "石政发〔2026〕2号"
