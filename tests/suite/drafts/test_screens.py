"""The screens of the import, as an editor meets them."""

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile

from suite.body.word.file import LARGEST_FILE
from tests.contract.screens import english
from tests.suite.body.word import written
from tests.suite.publishing.testapp.models import Poster


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def upload(content, name="草稿.docx"):
    return SimpleUploadedFile(name, content)


def words(response):
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


def test_the_list_of_a_section_leads_to_the_import(desk, section):
    html = desk.get(f"/admin/pages/{section.pk}/").content.decode()
    assert f'href="/admin/drafts/under/{section.pk}/"' in html


def test_a_page_that_takes_no_text_offers_no_import(desk, section, monkeypatch):
    monkeypatch.setattr(Poster, "subpage_types", ["gate.Circular"], raising=False)
    monkeypatch.setattr(Poster, "_clean_subpage_models", None)  # what Wagtail remembers of it
    assert f"/admin/drafts/under/{section.pk}/" not in desk.get(f"/admin/pages/{section.pk}/").content.decode()
    assert desk.get(f"/admin/drafts/under/{section.pk}/").status_code == 302


def test_an_upload_becomes_a_draft_and_the_report_is_shown(desk, section):
    address = f"/admin/drafts/under/{section.pk}/"
    data = {"file": upload(written("开会。", "2026年11月21日", title="会议通知")), "page_type": "gate.poster"}
    response = desk.post(address, data, follow=True)
    page = Poster.objects.get(title="会议通知")
    assert response.redirect_chain == [(f"/admin/drafts/report/{page.pk}/", 302)]
    assert "正文取自 草稿.docx。 尚未发布。" in words(response)
    assert "成文日期没有保留，以发布日期为准：2026年11月21日" in words(response)
    assert f'href="/admin/pages/{page.pk}/edit/"' in response.content.decode()


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"x", "a.docx", "这不是 Word 文档，或者文件已损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc", "请另存为 .docx 后再试"),
        (b"x", "a.exe", "请选择 Word 文件（.docx）。"),
        (b"", "a.docx", "文件是空的。"),
        (b"x" * (LARGEST_FILE + 1), "a.docx", "最多能读取 20 MB"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_made(desk, section, content, name, message):
    before = Poster.objects.count()
    data = {"file": upload(content, name), "page_type": "gate.poster"}
    response = desk.post(f"/admin/drafts/under/{section.pk}/", data)
    page = BeautifulSoup(response.content, "html.parser")
    assert message in page.select_one("[data-field-errors]").get_text()
    assert Poster.objects.count() == before


def test_a_file_is_asked_for(desk, section):
    response = desk.post(f"/admin/drafts/under/{section.pk}/", {"page_type": "gate.poster"})
    assert "请选择文件。" in words(response)


def test_a_draft_leads_to_its_replacement_and_to_what_became_of_its_file(desk, section):
    data = {"file": upload(written("开会。", title="会议通知")), "page_type": "gate.poster"}
    desk.post(f"/admin/drafts/under/{section.pk}/", data)
    page = Poster.objects.get(title="会议通知")
    html = desk.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    for address in (f"/admin/drafts/replace/{page.pk}/", f"/admin/drafts/report/{page.pk}/"):
        assert f'href="{address}"' in html
    desk.post(f"/admin/drafts/replace/{page.pk}/", {"file": upload(written("改期。", title="会议通知"))})
    page = Poster.objects.get(pk=page.pk)
    assert str(page.get_latest_revision_as_object().body[0].value) == "<p>改期。</p>"


def test_a_page_that_came_from_no_file_has_no_report(desk, section):
    page = section.add_child(instance=Poster(title="手写"))
    assert desk.get(f"/admin/drafts/report/{page.pk}/").status_code == 404


def test_strangers_are_sent_away(client, section, django_user_model):
    client.force_login(django_user_model.objects.create_user("stranger"))
    assert client.get(f"/admin/drafts/under/{section.pk}/").status_code == 302


def test_no_screen_of_the_import_speaks_english(desk, section):
    data = {"file": upload(written("开会。", title="会议通知")), "page_type": "gate.poster"}
    report = desk.post(f"/admin/drafts/under/{section.pk}/", data, follow=True)
    page = Poster.objects.get(title="会议通知")
    screens = [desk.get(f"/admin/drafts/under/{section.pk}/"), desk.get(f"/admin/drafts/replace/{page.pk}/"), report]
    assert [english(one.content.decode(), ["bianji"]) for one in screens] == [[], [], []]
