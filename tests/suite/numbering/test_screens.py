"""The screens: taking a number on a page, the register, voiding, the series."""

import io

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from suite.numbering.domain import issue, void
from suite.numbering.domain.pages import take
from suite.numbering.models import DocumentNumber, NumberSeries
from suite.publishing.domain import submit
from tests.suite.numbering.conftest import moment
from tests.suite.publishing.steps import make_user
from tests.suite.publishing.testapp.models import Circular

pytestmark = pytest.mark.django_db

REGISTER, SERIES = "numbering_documentnumber_modeladmin", "numbering_numberseries_modeladmin"


@pytest.fixture
def year():
    return timezone.localdate().year


def open_as(client, user, name, *args, data=None):
    client.force_login(user)
    address = reverse(name, args=args)
    return client.post(address, data) if data is not None else client.get(address)


def draft_of(page):
    return Circular.objects.get(pk=page.pk).get_latest_revision_as_object()


def test_the_menu_of_a_page_leads_to_its_number_for_those_who_may_take_one(client, circular, editor, checker):
    page = circular()
    address = reverse("numbering_take", args=[page.pk])
    assert address in open_as(client, editor, "wagtailadmin_pages:edit", page.pk).content.decode()
    assert address not in open_as(client, checker, "wagtailadmin_pages:edit", page.pk).content.decode()
    assert open_as(client, checker, "numbering_take", page.pk).status_code in (302, 403)
    assert open_as(client, checker, "numbering_take", page.pk, data={}).status_code in (302, 403)
    assert not DocumentNumber.objects.exists()


def test_the_screen_says_what_comes_and_what_it_means_and_gives_it(client, circular, series, editor, year):
    page = circular(number="第三号")
    html = open_as(client, editor, "numbering_take", page.pk).content.decode()
    for words in (f"石政发〔{year}〕1号", "取了不能退", "替换页面上现有的“第三号”", "还没有取过号"):
        assert words in html
    response = open_as(client, editor, "numbering_take", page.pk, data={"choice": f"{series.pk}-{year}"})
    assert response.headers["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert draft_of(page).number == f"石政发〔{year}〕1号"
    html = client.get(response.headers["Location"]).content.decode()
    assert f"草稿上已写入文号石政发〔{year}〕1号" in html
    html = open_as(client, editor, "numbering_take", page.pk).content.decode()
    assert ("取错的，由审批人" in html, "<form" in html.split("取错的")[1]) == (True, False)


def test_pressing_twice_takes_one_number(client, circular, series, editor, year):
    page = circular()
    pressed = {"choice": f"{series.pk}-{year}"}
    answers = [open_as(client, editor, "numbering_take", page.pk, data=pressed) for _press in "ab"]
    assert [answer.status_code for answer in answers] == [302, 200]
    assert f"本页的文号是<strong>石政发〔{year}〕1号" in answers[1].content.decode()
    assert DocumentNumber.objects.count() == 1


def test_without_a_choice_or_with_a_closed_series_the_form_says_so(client, circular, series, editor, year):
    page = circular()
    NumberSeries.objects.create(prefix="旧发", active=False)
    response = open_as(client, editor, "numbering_take", page.pk, data={})
    assert [*response.context["take_form"].errors] == ["choice"]
    assert "旧发" not in response.content.decode()
    assert not DocumentNumber.objects.exists()


def test_in_january_the_last_year_can_be_chosen(client, circular, series, editor, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: moment(2027, 1, 15))
    html = open_as(client, editor, "numbering_take", circular().pk).content.decode()
    assert ("石政发〔2027〕1号" in html, "石政发〔2026〕1号" in html) == (True, True)
    monkeypatch.setattr(timezone, "now", lambda: moment(2027, 2, 15))
    html = open_as(client, editor, "numbering_take", circular("乙").pk).content.decode()
    assert ("石政发〔2027〕1号" in html, "石政发〔2026〕1号" in html) == (True, False)


def test_an_editor_is_told_to_withdraw_and_a_checker_who_may_that_the_check_starts_again(
    client, circular, series, editor
):
    page = circular()
    submit(page, editor)
    assert "请先撤回" in open_as(client, editor, "numbering_take", page.pk).content.decode()
    both = make_user("both", "checker", "editor")
    html = open_as(client, both, "numbering_take", page.pk).content.decode()
    assert "正处在“核稿”环节：写入文号后要重新核稿" in html


def test_the_number_of_a_paper_is_put_on_its_page(client, circular, series, editor, year):
    number = issue(series, editor, "停水通报")
    page = circular()
    wrong = open_as(client, editor, "numbering_take", page.pk, data={"attach": "1", "number": "石政发〔1999〕1号"})
    assert "登记簿里没有这个文号" in wrong.content.decode()
    typed = {"attach": "1", "number": f"石政发[{year}]1"}
    assert open_as(client, editor, "numbering_take", page.pk, data=typed).status_code == 302
    assert (draft_of(page).number, DocumentNumber.objects.get().page_id) == (str(number), page.pk)


def test_where_no_series_is_kept_the_screen_says_who_adds_one(client, circular, editor):
    html = open_as(client, editor, "numbering_take", circular().pk).content.decode()
    assert "请系统管理员在“发文字号”里添加" in html


def test_the_form_of_the_page_holds_fast_what_the_register_gave(client, circular, series, editor):
    page = circular()
    number, _restarted = take(page, series, editor)
    client.force_login(editor)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = client.get(address).context["form"]
    assert (form.fields["number"].disabled, form["number"].value()) == (True, str(number))
    response = client.post(address, _page_form(title="停水通报二", number=""))
    assert response.status_code == 302
    assert (draft_of(page).title, draft_of(page).number) == ("停水通报二", str(number))


def test_the_form_of_the_page_tidies_a_number_of_this_office_and_leaves_those_of_others(client, circular, editor):
    NumberSeries.objects.create(prefix="石政发", first_year=2026, first_number=8)
    page = circular()
    client.force_login(editor)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    for typed, kept in (("石政发[2026]07号", "石政发〔2026〕7号"), ("国发[2026]第7号", "国发[2026]第7号")):
        assert client.post(address, _page_form(title="通报", number=typed)).status_code == 302
        assert draft_of(page).number == kept


def _page_form(**fields):
    from wagtail.test.utils.form_data import inline_formset, nested_form_data

    blank = {"slug": "", "seo_title": "", "search_description": "", "go_live_at": "", "expire_at": ""}
    return nested_form_data({**blank, "comments": inline_formset([]), **fields})


def test_the_register_says_how_it_stands_filters_and_is_exported(client, series, editor, approver):
    other = NumberSeries.objects.create(prefix="石政办", first_year=2020)
    first = issue(series, editor, "甲", at=moment(2025))
    issue(series, editor, "乙", at=moment(2026))
    issue(other, editor, "丙", reference=("numbering.numberseries", 7), at=moment(2026))
    void(first, "=错发", approver)
    response = open_as(client, editor, f"{REGISTER}_index")
    html = response.content.decode()
    for line in ("石政办〔2026〕：1号，无缺号，无作废", "石政发〔2025〕：1号，无缺号，作废1个", "字号序列 7"):
        assert line in html

    def found(query):
        return [str(number) for number in client.get(f"{reverse(f'{REGISTER}_index')}?{query}").context["object_list"]]

    assert found("") == ["石政办〔2026〕1号", "石政发〔2026〕1号", "石政发〔2025〕1号"]
    assert found("state__exact=voided") == ["石政发〔2025〕1号"]
    assert found(f"series__id__exact={other.pk}") == ["石政办〔2026〕1号"]
    assert found("year=2026") == ["石政办〔2026〕1号", "石政发〔2026〕1号"]
    assert found("q=乙") == ["石政发〔2026〕1号"]
    sheet = load_workbook(io.BytesIO(client.get(f"{reverse(f'{REGISTER}_index')}?export=xlsx").getvalue())).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][:7] == ["文号", "字号序列", "年份", "序号", "文件标题", "状态", "用于"]
    assert rows[3][:7] == ["石政发〔2025〕1号", "石政发（综合）", 2025, 1, "甲", "已作废", "纸质文件"]
    assert rows[3][7:11] == ["editor", sheet["I4"].value, "=错发", "approver"]


def test_a_number_for_a_document_on_paper_is_taken_in_the_register(client, series, editor, year):
    typed = {"series": series.pk, "year": year, "title": "关于值班的通知"}
    response = open_as(client, editor, f"{REGISTER}_create", data=typed)
    assert response.status_code == 302
    number = DocumentNumber.objects.get()
    assert (str(number), number.title, number.issued_by) == (f"石政发〔{year}〕1号", "关于值班的通知", editor)
    refused = open_as(client, editor, f"{REGISTER}_create", data={**typed, "year": year + 1})
    assert refused.status_code == 200
    assert DocumentNumber.objects.count() == 1


def test_the_approver_voids_with_a_reason_and_the_editor_cannot(client, series, editor, approver):
    number = issue(series, editor, "甲")
    void_address = reverse(f"{REGISTER}_void", args=[number.pk])
    assert void_address not in open_as(client, editor, f"{REGISTER}_inspect", number.pk).content.decode()
    assert open_as(client, editor, f"{REGISTER}_void", number.pk, data={"reason": "错发"}).status_code in (302, 403)
    number.refresh_from_db()
    assert number.state == "issued"
    assert void_address in open_as(client, approver, f"{REGISTER}_inspect", number.pk).content.decode()
    blank = open_as(client, approver, f"{REGISTER}_void", number.pk, data={"reason": "   "})
    assert [*blank.context["form"].errors] == ["reason"]
    assert open_as(client, approver, f"{REGISTER}_void", number.pk, data={"reason": "错发"}).status_code == 302
    number.refresh_from_db()
    assert (number.state, number.void_reason, number.voided_by) == ("voided", "错发", approver)
    assert void_address not in open_as(client, approver, f"{REGISTER}_inspect", number.pk).content.decode()


@pytest.mark.parametrize("view", ["edit", "delete"])
def test_nobody_changes_or_deletes_a_number_not_even_a_superuser(client, series, editor, view):
    number = issue(series, editor, "甲")
    root = make_user("root", is_superuser=True)
    for data in (None, {"title": "乙"}):
        assert open_as(client, root, f"{REGISTER}_{view}", number.pk, data=data).status_code in (302, 403)
    number.refresh_from_db()
    assert number.title == "甲"


def test_the_system_administrator_keeps_the_series_and_an_editor_does_not(client, editor):
    keeper = make_user("keeper", "system_admin")
    new = {"prefix": "石政函", "purpose": "函", "first_year": 2026, "first_number": 12, "active": "on"}
    assert open_as(client, editor, f"{SERIES}_create", data=new).status_code in (302, 403)
    assert not NumberSeries.objects.exists()
    assert open_as(client, keeper, f"{SERIES}_create", data=new).status_code == 302
    series = NumberSeries.objects.get()
    assert (series.prefix, series.first_number) == ("石政函", 12)
    issue(series, None, "甲", at=moment(2026))
    html = open_as(client, keeper, f"{SERIES}_edit", series.pk, data={**new, "prefix": "石政信"}).content.decode()
    assert "已经取过号" in html
    assert client.post(reverse(f"{SERIES}_delete", args=[series.pk])).status_code == 409
    assert NumberSeries.objects.get().prefix == "石政函"
