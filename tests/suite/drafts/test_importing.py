"""A Word draft becomes a draft page, whole or not at all."""

import io
from datetime import date

import docx
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.images import get_image_model
from wagtail.models import Page

from organisation.enums import UnitKind
from organisation.models import Unit
from pages.domain.documents import notice_sheet
from pages.models import NewsPage, NoticePage
from policies.models import PolicyIndexPage, PolicyPage
from printing.domain.docx import render_docx
from printing.domain.gongwen import gongwen_sheet
from suite.body.from_docx import read_docx
from suite.drafts.domain.importing import import_draft, last_report, replace_text
from suite.drafts.permissions import page_types
from suite.publishing import PublicationRefused
from suite.publishing.domain.lifecycle import submit
from tests.suite.body.word import image, saved, with_picture, written

Image = get_image_model()


def official():
    """A notice with a head, a number, recipients, signature and date."""
    return render_docx(
        gongwen_sheet(
            title="关于冬季停水检修的通知",
            body_html="<h2>一、停水时间</h2><p>十二月一日。</p>",
            issuer="石桥镇人民政府文件",
            number="石政发〔2026〕3号",
            recipients="各村民委员会",
            signatory="石桥镇人民政府",
            day=date(2026, 11, 21),
        )
    )


def files(media):
    return sorted(path.name for path in media.rglob("*") if path.is_file())


def test_a_draft_gets_title_text_and_recipients_and_is_not_public(section, editor):
    page = import_draft(section, NoticePage, official(), "停水.docx", editor)
    page = NoticePage.objects.get(pk=page.pk)
    assert (page.title, page.recipients, page.issuing_body) == ("关于冬季停水检修的通知", "各村民委员会", "")
    assert (page.slug, page.live, page.owner) == ("guan-yu-dong-ji-ting-shui-jian-xiu-de-tong-zhi", False, editor)
    assert [str(block.value) for block in page.body] == ["<h2>一、停水时间</h2><p>十二月一日。</p>"]
    assert page.latest_revision.user == editor


def test_a_document_number_is_never_taken_over_in_silence(section, editor):
    page = import_draft(section, NoticePage, official(), "停水.docx", editor)
    assert page.document_number == ""
    report = last_report(page)
    assert ("文号没有保留，文号须从文号登记簿取：石政发〔2026〕3号", "") in report.losses
    assert report.taken == [("主送", "各村民委员会"), ("署名", "石桥镇人民政府")]
    assert report.file_name == "停水.docx"


def test_a_page_type_without_fields_for_them_has_them_in_the_report(section, editor):
    page = import_draft(section, NewsPage, official(), "停水.docx", editor)
    report = last_report(page)
    assert ("主送机关没有保留：各村民委员会", "") in report.losses
    assert report.taken == []


def test_another_offices_signature_is_the_issuing_body(section, editor):
    content = written("开会。", "石桥镇党政办公室", "2026年11月21日", title="通知")
    assert import_draft(section, NoticePage, content, "a.docx", editor).issuing_body == "石桥镇党政办公室"


def test_a_policy_takes_its_issuing_body(editor, django_user_model, section):
    room = section.get_parent().add_child(instance=PolicyIndexPage(title="文件查阅处"))
    page = import_draft(room, PolicyPage, official(), "a.docx", django_user_model.objects.create_superuser("总管"))
    assert (page.issuing_body, page.number) == ("石桥镇人民政府", "")


def test_pictures_are_kept_with_what_they_show(section, editor, media):
    page = import_draft(section, NoticePage, with_picture(image(), "听证会场"), "会.docx", editor)
    kept = Image.objects.get()
    assert (kept.title, kept.description, kept.uploaded_by_user) == ("听证会场", "听证会场", editor)
    assert (kept.width, kept.height, kept.file_size) == (60, 40, len(image()))
    figure = NoticePage.objects.get(pk=page.pk).body[1].value
    assert (figure["image"], figure["alt"]) == (kept, "听证会场")
    assert len(files(media)) == 1


def test_a_picture_that_stands_twice_is_kept_once(section, editor):
    document = docx.Document()
    for _time in range(2):
        document.add_picture(io.BytesIO(image()))
    page = import_draft(section, NoticePage, saved(document), "a.docx", editor)
    assert [block.value["image"].pk for block in page.body] == [Image.objects.get().pk] * 2


def test_a_picture_that_nobody_described_holds_the_page_up_at_the_gate(section, editor):
    page = import_draft(section, NoticePage, with_picture(image()), "会.docx", editor)
    page.responsible_unit = Unit.objects.create(kind=UnitKind.TOWNSHIP, name="石桥镇人民政府")
    page.save_revision(user=editor)
    with pytest.raises(PublicationRefused, match="请给每张图片写明内容"):
        submit(page, editor)


def test_nothing_is_left_behind_when_it_fails_half_way(section, editor, media, monkeypatch):
    def fails(*args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(NoticePage, "save_revision", fails)
    before = Page.objects.count()
    with pytest.raises(OSError, match="disk full"):
        import_draft(section, NoticePage, with_picture(image()), "会.docx", editor)
    assert (Page.objects.count(), Image.objects.count(), files(media)) == (before, 0, [])


def test_a_file_that_cannot_be_read_makes_no_page(section, editor):
    before = Page.objects.count()
    with pytest.raises(ValidationError):
        import_draft(section, NoticePage, b"x", "a.docx", editor)
    assert Page.objects.count() == before


def test_only_who_may_add_pages_there_imports(section, django_user_model):
    stranger = django_user_model.objects.create_user("stranger")
    with pytest.raises(PermissionDenied):
        import_draft(section, NoticePage, official(), "a.docx", stranger)


def test_a_type_that_the_parent_does_not_allow_is_refused(section, editor):
    with pytest.raises(PermissionDenied):
        import_draft(section, PolicyPage, official(), "a.docx", editor)


def test_types_with_text_are_offered_and_those_that_need_a_choice_first_are_not(section):
    assert {model for model in page_types(section) if model._meta.app_label == "pages"} == {NoticePage, NewsPage}
    room = section.get_parent().add_child(instance=PolicyIndexPage(title="文件查阅处"))
    assert page_types(room) == [PolicyPage]


def test_replacing_keeps_title_and_fields_and_the_old_text_in_the_history(section, editor):
    page = import_draft(section, NoticePage, official(), "停水.docx", editor)
    first = page.latest_revision_id
    replace_text(page, written("改为十二月五日。", title="另一标题"), "新稿.docx", editor)
    newest = NoticePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert (newest.title, newest.recipients) == ("关于冬季停水检修的通知", "各村民委员会")
    assert [str(block.value) for block in newest.body] == ["<p>改为十二月五日。</p>"]
    assert page.revisions.count() == 2
    assert str(page.revisions.get(pk=first).as_object().body[0].value) == "<h2>一、停水时间</h2><p>十二月一日。</p>"
    assert last_report(page).losses[-1] == ("页面标题没有改动；文件里的标题是：另一标题", "")


def test_who_may_not_edit_a_page_does_not_replace_its_text(section, editor, django_user_model):
    page = import_draft(section, NoticePage, official(), "停水.docx", editor)
    with pytest.raises(PermissionDenied):
        replace_text(page, official(), "a.docx", django_user_model.objects.create_user("stranger"))


def test_a_notice_goes_out_to_word_and_comes_back_with_the_same_text_and_picture(section, editor):
    first = import_draft(section, NoticePage, with_picture(image(), "听证会场"), "会.docx", editor)
    again = read_docx(render_docx(notice_sheet(first)), "会.docx")
    assert again.title == first.title
    assert [block["type"] for block in again.blocks] == ["paragraph", "figure"]
    assert again.blocks[0]["value"] == "<p>会场。</p>"
    assert again.blocks[1]["value"]["alt"] == "听证会场"
