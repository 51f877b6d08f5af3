"""What a notice takes of a Word draft, and that it comes back from Word as it went out."""

from datetime import date

import pytest
from wagtail.models import Site

from pages.domain.documents import notice_sheet
from pages.models import NewsPage, NoticePage
from printing.domain.docx import render_docx
from printing.domain.gongwen import gongwen_sheet
from suite.body.from_docx import read_docx
from suite.drafts.domain.importing import import_draft, last_report
from suite.drafts.permissions import page_types
from suite.roles.domain import group
from suite.theme.models import OfficeSettings
from tests.suite.body.word import image, with_picture


@pytest.fixture
def editor(db, django_user_model, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    OfficeSettings.objects.create(site=Site.objects.get(), township_name="石桥镇人民政府")
    user = django_user_model.objects.create_user("bianji")
    user.groups.add(group("editor"))
    return user


def official(signatory="石桥镇人民政府"):
    return render_docx(
        gongwen_sheet(
            title="关于停水的通知",
            body_html="<p>十二月一日。</p>",
            issuer="石桥镇人民政府文件",
            number="石政发〔2026〕3号",
            recipients="各村民委员会",
            signatory=signatory,
            day=date(2026, 11, 21),
        )
    )


def test_a_notice_takes_whom_it_is_addressed_to_and_never_the_number(notices, editor):
    page = import_draft(notices, NoticePage, official(), "停水.docx", editor)
    assert (page.recipients, page.issuing_body, page.document_number) == ("各村民委员会", "", "")
    assert last_report(page).taken == [("主送", "各村民委员会"), ("署名", "石桥镇人民政府")]
    assert ("文号没有保留，文号须从文号登记簿取：石政发〔2026〕3号", "") in last_report(page).losses


def test_another_offices_signature_is_the_issuing_body(notices, editor):
    page = import_draft(notices, NoticePage, official("石桥镇党政办公室"), "a.docx", editor)
    assert page.issuing_body == "石桥镇党政办公室"


def test_news_has_the_parts_of_a_document_in_the_report(notices, editor):
    page = import_draft(notices, NewsPage, official(), "a.docx", editor)
    assert last_report(page).taken == []
    assert ("主送机关没有保留：各村民委员会", "") in last_report(page).losses


def test_a_section_takes_notices_and_news_of_word(notices):
    assert {model for model in page_types(notices) if model._meta.app_label == "pages"} == {NoticePage, NewsPage}


def test_a_notice_goes_out_to_word_and_comes_back_with_the_same_text_and_picture(notices, editor):
    first = import_draft(notices, NoticePage, with_picture(image(), "听证会场"), "会.docx", editor)
    again = read_docx(render_docx(notice_sheet(first)), "会.docx")
    assert again.title == first.title
    assert [block["type"] for block in again.blocks] == ["paragraph", "figure"]
    assert again.blocks[0]["value"] == "<p>会场。</p>"
    assert again.blocks[1]["value"]["alt"] == "听证会场"
