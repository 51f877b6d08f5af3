"""A Word draft becomes a draft page, whole or not at all."""

import io
from datetime import date

import docx
import pytest
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.images import get_image_model
from wagtail.models import Page

from printing.domain.docx import render_docx
from printing.domain.gongwen import gongwen_sheet
from suite.drafts.domain.importing import import_draft, last_report, replace_text
from suite.drafts.permissions import page_types, user_can_import
from suite.publishing import PublicationRefused
from suite.publishing.domain.lifecycle import submit
from tests.suite.body.word import image, saved, with_picture, written
from tests.suite.publishing.testapp.models import Circular, Poster

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


def test_a_draft_gets_title_and_text_and_is_not_public(section, editor):
    page = import_draft(section, Poster, official(), "停水.docx", editor)
    page = Poster.objects.get(pk=page.pk)
    assert page.title == "关于冬季停水检修的通知"
    assert (page.slug, page.live, page.owner) == ("guan-yu-dong-ji-ting-shui-jian-xiu-de-tong-zhi", False, editor)
    assert [str(block.value) for block in page.body] == ["<h2>一、停水时间</h2><p>十二月一日。</p>"]
    assert page.latest_revision.user == editor


def test_pictures_are_kept_with_what_they_show(section, editor, media):
    page = import_draft(section, Poster, with_picture(image(), "听证会场"), "会.docx", editor)
    kept = Image.objects.get()
    assert (kept.title, kept.description, kept.uploaded_by_user) == ("听证会场", "听证会场", editor)
    assert (kept.width, kept.height, kept.file_size) == (60, 40, len(image()))
    figure = Poster.objects.get(pk=page.pk).body[1].value
    assert (figure["image"], figure["alt"]) == (kept, "听证会场")
    assert len(files(media)) == 1


def test_a_picture_that_stands_twice_is_kept_once(section, editor):
    document = docx.Document()
    for _time in range(2):
        document.add_picture(io.BytesIO(image()))
    page = import_draft(section, Poster, saved(document), "a.docx", editor)
    assert [block.value["image"].pk for block in page.body] == [Image.objects.get().pk] * 2


def test_a_picture_that_nobody_described_holds_the_page_up_at_the_gate(section, editor):
    page = import_draft(section, Poster, with_picture(image()), "会.docx", editor)
    with pytest.raises(PublicationRefused, match="请给每张图片写明内容"):
        submit(page, editor)


def test_nothing_is_left_behind_when_it_fails_half_way(section, editor, media, monkeypatch):
    def fails(*args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(Poster, "save_revision", fails)
    before = Page.objects.count()
    with pytest.raises(OSError, match="disk full"):
        import_draft(section, Poster, with_picture(image()), "会.docx", editor)
    assert (Page.objects.count(), Image.objects.count(), files(media)) == (before, 0, [])


def test_a_file_that_cannot_be_read_makes_no_page(section, editor):
    before = Page.objects.count()
    with pytest.raises(ValidationError):
        import_draft(section, Poster, b"x", "a.docx", editor)
    assert Page.objects.count() == before


def test_only_who_may_add_pages_there_imports(section, django_user_model):
    stranger = django_user_model.objects.create_user("stranger")
    with pytest.raises(PermissionDenied):
        import_draft(section, Poster, official(), "a.docx", stranger)


def test_replacing_keeps_title_and_the_old_text_in_the_history(section, editor):
    page = import_draft(section, Poster, official(), "停水.docx", editor)
    first = page.latest_revision_id
    replace_text(page, written("改为十二月五日。", title="另一标题"), "新稿.docx", editor)
    newest = Poster.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert newest.title == "关于冬季停水检修的通知"
    assert [str(block.value) for block in newest.body] == ["<p>改为十二月五日。</p>"]
    assert page.revisions.count() == 2
    assert str(page.revisions.get(pk=first).as_object().body[0].value) == "<h2>一、停水时间</h2><p>十二月一日。</p>"
    assert last_report(page).losses[-1] == ("页面标题没有改动；文件里的标题是：另一标题", "")


def test_who_may_not_edit_a_page_does_not_replace_its_text(section, editor, django_user_model):
    page = import_draft(section, Poster, official(), "停水.docx", editor)
    with pytest.raises(PermissionDenied):
        replace_text(page, official(), "a.docx", django_user_model.objects.create_user("stranger"))


def test_a_page_type_takes_the_parts_it_has_fields_for_and_the_others_are_named(section, editor, monkeypatch):
    def take_over(self, parts):
        self.intro = parts.recipients
        return {"recipients"}

    monkeypatch.setattr(Poster, "take_over", take_over, raising=False)
    page = import_draft(section, Poster, official(), "停水.docx", editor)
    report = last_report(page)
    assert (page.intro, report.file_name, report.taken) == ("各村民委员会", "停水.docx", [("主送", "各村民委员会")])
    assert report.losses == [
        ("字体、字号、颜色按网站统一样式，保留标题和加粗。", ""),
        ("发文机关标志没有保留，打印时自动生成：石桥镇人民政府文件", ""),
        ("文号没有保留，文号须从文号登记簿取：石政发〔2026〕3号", ""),
        ("署名没有保留：石桥镇人民政府", ""),
        ("成文日期没有保留，以发布日期为准：2026年11月21日", ""),
    ]


def test_types_without_running_text_are_not_offered(section, editor):
    assert Poster in page_types(section)
    assert Circular not in page_types(section)
    with pytest.raises(PermissionDenied):
        import_draft(section, Circular, official(), "a.docx", editor)


def test_under_a_page_whose_plugin_is_out_nothing_is_offered(section):
    ContentType.objects.filter(pk=section.content_type_id).update(app_label="gone")
    ContentType.objects.clear_cache()
    assert user_can_import(get_user_model()(is_superuser=True), Page.objects.get(pk=section.pk)) is False
