import datetime
import io
import json
import re

import pdfplumber
import pytest
from wagtail.documents.models import Document
from wagtail.models import PageViewRestriction, Site

from pages.domain.documents import notice_poster, notice_sheet, section_booklet
from pages.models import OpenAffairsPage, SectionPage
from suite.theme.dates import in_full
from suite.theme.models import OfficeSettings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def office():
    return OfficeSettings.objects.create(
        site=Site.objects.get(), township_name="石门乡人民政府", hall_phone="0873-2201234"
    )


def words(pdf):
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return "".join(page.extract_text() for page in document.pages).replace("\n", "").replace(" ", "")


@pytest.mark.pdf
def test_what_hangs_on_the_wall_is_what_the_page_says(client, publish, notice, notices):
    page = publish(
        notices, notice("关于冬季停水检修的通知", document_number="石政发〔2026〕3号", recipients="各村委会")
    )
    response = client.get(f"/print/notice/{page.pk}.pdf")
    assert response["Content-Type"] == "application/pdf"
    paper = words(response.content)
    for part in (
        "石门乡人民政府文件",
        "石政发〔2026〕3号",
        "关于冬季停水检修的通知",
        "各村委会：",
        "具有本乡户籍的城乡居民。",
    ):
        assert part in paper
    assert f"石门乡人民政府{in_full(page.first_published_at)}（咨询电话：0873-2201234）" in paper


def test_the_page_links_to_its_paper(client, publish, notice, notices):
    page = publish(notices, notice("停水通知"))
    assert f'href="/print/notice/{page.pk}.pdf"' in client.get(page.url).content.decode()


def test_attached_files_are_listed_by_name_and_not_inside_the_text(publish, notice, notices):
    file = Document.objects.create(title="申请表.docx", file="documents/a.docx")
    page = notice("停水通知")
    page.body = json.dumps(
        [
            {"type": "attachment", "value": {"document": file.pk, "title": "停水区域表"}},
            {"type": "attachment", "value": {"document": file.pk, "title": ""}},
            {"type": "paragraph", "value": "<p>请提前储水。</p>"},
        ]
    )
    sheet = notice_sheet(page)
    assert sheet.context["attachments"] == ["停水区域表", "申请表.docx"]
    assert "停水区域表" not in sheet.context["body"]


def test_a_notice_without_a_number_has_the_head_of_a_letter(notice):
    sheet = notice_sheet(notice("停水通知"))
    assert (sheet.context["head"], sheet.context["issuer"]) == ("letter", "石门乡人民政府")


@pytest.mark.parametrize("key", ["0", "abc", "²", "-1"])
def test_there_is_no_paper_for_a_key_without_a_notice(client, key):
    assert client.get(f"/print/notice/{key}.pdf").status_code == 404


def test_drafts_and_pages_for_some_eyes_only_have_no_public_paper(client, publish, notice, notices):
    draft = notices.add_child(instance=notice("草稿"))
    hidden = publish(notices, notice("内部通知"))
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    assert [client.get(f"/print/notice/{page.pk}.pdf").status_code for page in (draft, hidden)] == [404, 404]


@pytest.mark.pdf
def test_the_draft_on_paper_shows_the_newest_draft_to_those_who_write_and_pass_it(
    client, publish, notice, notices, two_others, django_user_model
):
    page = publish(notices, notice("停水通知"))
    page.title = "停水延期通知"
    page.save_revision()
    address = f"/admin/pages/{page.pk}/paper.pdf"
    client.force_login(two_others[0])
    printed = words(client.get(address).content)
    assert "停水延期通知" in printed
    assert "草稿，未发布" in printed
    assert f'href="{address}"' in client.get(f"/admin/pages/{page.pk}/edit/").content.decode()


def test_the_draft_on_paper_is_nobody_elses_business(client, notice, notices, django_user_model):
    draft = notices.add_child(instance=notice("草稿"))
    address = f"/admin/pages/{draft.pk}/paper.pdf"
    assert "/login/" in client.get(address)["Location"]
    stranger = django_user_model.objects.create(username="stranger")
    client.force_login(stranger)
    assert client.get(address).status_code == 302


def test_paper_leads_to_the_page_where_the_site_is_known_to_the_world(publish, notice, notices, settings):
    page = publish(notices, notice("停水通知", slug="ting-shui"))
    settings.WAGTAILADMIN_BASE_URL = "https://www.shiqiao.example.cn"
    assert notice_sheet(page).address == "https://www.shiqiao.example.cn/tongzhi-gonggao/ting-shui/"


@pytest.mark.parametrize("base", ["http://localhost:8000", "http://127.0.0.1"])
def test_paper_names_no_address_that_only_this_machine_knows(publish, notice, notices, settings, base):
    page = publish(notices, notice("停水通知"))
    settings.WAGTAILADMIN_BASE_URL = base
    assert notice_sheet(page).address == ""


@pytest.mark.pdf
def test_a_notice_hangs_as_a_poster_with_its_unit_phones_and_last_day(client, publish, notice, notices, unit):
    OfficeSettings.objects.update(supervision_phone="0873-2201299")
    page = publish(notices, notice("停水通知", contact_phone="0873-2205555", valid_until=datetime.date(2099, 3, 1)))
    response = client.get(f"/print/notice-poster/{page.pk}.pdf?size=a3")
    paper = words(response.content)
    for part in ("公告石门乡人民政府", "停水通知", unit.name, "0873-2205555", "0873-2201299", "有效期至2099年3月1日"):
        assert part in paper
    with pdfplumber.open(io.BytesIO(response.content)) as document:
        assert round(document.pages[0].height * 25.4 / 72) == 420


def test_the_page_links_to_its_posters_after_the_document_and_to_the_file_for_word_last(
    client, publish, notice, notices
):
    page = publish(notices, notice("停水通知"))
    html = client.get(page.url).content.decode()
    links = re.findall(r'href="(/print/[^"]+)">([^<]+)<', html)
    assert [*links[:3], links[-1]] == [
        (f"/print/notice/{page.pk}.pdf", "打印公告 (PDF)"),
        (f"/print/notice-poster/{page.pk}.pdf?size=a3", "海报 A3 (PDF)"),
        (f"/print/notice-poster/{page.pk}.pdf?size=a4", "海报 A4 (PDF)"),
        (f"/print/notice/{page.pk}.docx", "Word 文档（DOCX）"),
    ]


def test_a_draft_has_no_public_poster(client, notice, notices):
    draft = notices.add_child(instance=notice("草稿"))
    assert client.get(f"/print/notice-poster/{draft.pk}.pdf?size=a4").status_code == 404


def test_a_poster_names_the_files_that_do_not_hang_beside_it(notice):
    file = Document.objects.create(title="申请表.docx", file="documents/a.docx")
    page = notice("停水通知")
    page.body = json.dumps([{"type": "attachment", "value": {"document": file.pk, "title": ""}}])
    assert notice_poster(page, "a4").context["attachments"] == ["申请表.docx"]


@pytest.mark.pdf
def test_the_booklet_of_a_section_holds_its_public_notices_newest_first(client, publish, notice, notices):
    inner = publish(notices, SectionPage(title="停水停电", slug="tsds", responsible_unit=notice("x").responsible_unit))
    publish(inner, notice("停水通知", document_number="石政告〔2026〕3号"), days_ago=3)
    publish(notices, notice("修路通知"), days_ago=1)
    hidden = publish(notices, notice("内部通知"))
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    notices.add_child(instance=notice("草稿通知"))
    paper = words(client.get(f"/print/section-booklet/{notices.pk}.pdf").content)
    assert "通知公告汇编" in paper
    assert "共2份文件" in paper
    assert paper.index("修路通知") < paper.index("停水通知")
    assert "石政告〔2026〕3号" in paper
    assert "内部通知" not in paper
    assert "草稿通知" not in paper


def test_a_section_without_notices_offers_no_booklet_and_its_address_says_why(client, notices):
    assert "booklet" not in client.get(notices.url).content.decode()
    response = client.get(f"/print/section-booklet/{notices.pk}.pdf")
    assert response.status_code == 503
    assert "“通知公告”中还没有可打印的内容。本栏目发布公告后，即可在此打印汇编。" in response.content.decode()


def test_a_section_page_links_to_its_booklet(client, publish, notice, notices):
    publish(notices, notice("停水通知"))
    html = client.get(notices.url).content.decode()
    assert re.findall(r'href="(/print/[^"]+)">([^<]+)<', html) == [
        (f"/print/section-booklet/{notices.pk}.pdf", "打印全部公告汇编 (PDF)")
    ]


def test_a_column_of_open_affairs_has_its_booklet(client, publish, notice, home, unit):
    affairs = SectionPage.objects.child_of(home).get(title="政务公开")
    column = publish(affairs, OpenAffairsPage(title="财政收支", responsible_unit=unit))
    publish(column, notice("第三季度财政收支公告"))
    assert f"/print/column-booklet/{column.pk}.pdf" in client.get(column.url).content.decode()
    assert section_booklet(column).title == "财政收支汇编"


@pytest.mark.parametrize(("parts", "text"), [(1, "停水检修" * 16_000), (31, "停水")])
def test_a_booklet_too_long_to_wait_for_is_refused_with_figures(client, publish, notice, notices, parts, text):
    for number in range(parts):
        page = notice(f"公告{number}")
        page.body = json.dumps([{"type": "paragraph", "value": f"<p>{text}</p>"}])
        publish(notices, page)
    response = client.get(f"/print/section-booklet/{notices.pk}.pdf")
    assert response.status_code == 503
    assert f"“通知公告”共{parts}份文件，约" in response.content.decode()
