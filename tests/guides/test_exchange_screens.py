"""The screens of import and export, as an editor uses them."""

import datetime
import io

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import Workbook, load_workbook
from wagtail.models import PageLogEntry

from guides.domain import lifecycle
from guides.domain.exchange import importing, working
from guides.domain.exchange.columns import ITEMS
from guides.domain.exchange.writing import export_guides
from guides.enums import ImportState
from guides.models import GuideExport, GuideImport, GuidePage
from suite.background.domain import turn
from suite.background.domain.lifecycle import work_on
from suite.hooks import collect
from suite.roles.domain import group

pytestmark = pytest.mark.django_db
DOOR = "/admin/guides/exchange/"


@pytest.fixture
def editor(client, django_user_model):
    person = django_user_model.objects.create_user("editor-of-guides", first_name="王芳")
    person.groups.add(group("editor"))
    client.force_login(person)
    return person


def workbook(**cells):
    """All items, with some cells of the first changed (headings and values)."""
    output = io.BytesIO()
    export_guides(output)
    book = load_workbook(output)
    for heading, value in cells.items():
        book["事项"].cell(2, ITEMS.headings.index(heading) + 1).value = value
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


@pytest.fixture
def upload(client, editor, django_capture_on_commit_callbacks):
    """upload(content, name): sends a file; returns the answer to where it leads."""

    def send(content, name="事项.xlsx"):
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(DOOR, {"file": SimpleUploadedFile(name, content)})
        return client.get(answer["Location"]) if answer.status_code == 302 else answer

    return send


@pytest.fixture
def press(client, django_capture_on_commit_callbacks):
    """press(**button): on the screen of the newest upload."""

    def send(**button):
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(f"{DOOR}{GuideImport.objects.latest('pk').pk}/", button)
        return client.get(answer["Location"])

    return send


def text_of(response):
    main = BeautifulSoup(response.content, "html.parser").find("main")
    return " ".join(main.get_text(" ").split())


def test_the_way_in_stands_in_the_menu_of_guides(client, editor):
    page = client.get("/admin/").content.decode()
    assert DOOR in page


def test_the_template_comes_as_a_file(client, editor, draft):
    draft()
    answer = client.get(f"{DOOR}template/")
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    assert "attachment" in answer["Content-Disposition"]
    assert load_workbook(io.BytesIO(answer.getvalue()))["事项"].max_row == 1


@pytest.fixture
def order(client, editor, django_capture_on_commit_callbacks):
    """order(): presses the export button; returns the screen that it leads to."""

    def send():
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(f"{DOOR}export/")
        return client.get(answer["Location"])

    return send


def exported(client):
    return client.get(f"{DOOR}export/{GuideExport.objects.latest('pk').pk}/file/")


def test_an_export_is_followed_and_fetched(client, draft, order, editor):
    draft()
    assert "工作簿里有1个事项，内容是各事项最新的草稿。文件在这里保留一天。" in text_of(order())
    answer = exported(client)
    assert "attachment" in answer["Content-Disposition"]
    assert load_workbook(io.BytesIO(answer.getvalue()))["事项"].max_row == 2
    entry = PageLogEntry.objects.get(action="guides.export")
    assert (entry.user, entry.data) == (editor, {"count": 1})
    assert "已生成" in text_of(client.get(DOOR))


def test_an_export_says_how_far_it_is_and_is_not_begun_twice(client, draft, order, queued, monkeypatch):
    for number in range(3):
        draft(slug=f"a{number}")
    seen = order()
    assert "已读取0个，共3个" in text_of(seen)
    assert order().context["export"] == seen.context["export"]
    assert exported(client).status_code == 404
    export = GuideExport.objects.get()
    assert queued == [(GuideExport, export.pk, 1)]
    progress = f"{DOOR}export/{export.pk}/progress/"
    told = []
    monkeypatch.setattr(turn, "PROGRESS_EVERY", 0)

    def followed(output, count):
        def one(number):
            count(number)
            told.append(client.get(progress).json()["text"])

        return export_guides(output, one)

    monkeypatch.setattr(working, "export_guides", followed)
    work_on(*queued[0])
    assert told == ["已读取1个，共3个", "已读取2个，共3个", "事项已全部读取，正在生成文件。"]
    assert client.get(progress).json()["unfinished"] is False


def test_an_export_that_cannot_be_written_says_why(client, draft, order):
    draft()
    GuidePage.objects.update(conditions="<p>" + "长" * 40_000 + "</p>")
    assert "有一个事项的“受理条件”超过单元格能容纳的长度" in text_of(order())
    assert exported(client).status_code == 404


def test_an_export_that_the_program_fails_at_says_so(draft, order, monkeypatch):
    draft()
    monkeypatch.setattr(working, "export_guides", lambda output, count: 1 / 0)
    assert "程序未能写出文件，请告诉系统管理员。" in text_of(order())


def test_an_export_is_deleted_after_a_day(draft, order):
    draft()
    order()
    assert [job for job in collect("periodic_jobs", timezone.now()) if "export" in job.key] == []
    later = timezone.now() + lifecycle.EXPORT_KEPT + datetime.timedelta(minutes=1)
    (job,) = [job for job in collect("periodic_jobs", later) if "export" in job.key]
    job.run()
    assert not GuideExport.objects.exists()


def test_a_file_is_looked_at_first_then_imported_as_drafts(draft, upload, press, editor):
    draft().save_revision()
    seen = text_of(upload(workbook(承诺时限=15, 通办范围="全县")))
    assert "新建0个，改动1个，没有变化0个，文件中没有、保持原样0个。" in seen
    assert "事项!A2：承诺时限、通办范围" in seen
    assert GuidePage.objects.get().get_latest_revision_as_object().promised_limit == 20
    assert "已处理1个事项，共1个。" in text_of(press())
    revision = GuidePage.objects.get().latest_revision
    assert (revision.user, revision.as_object().promised_limit) == (editor, 15)
    done = GuideImport.objects.get()
    assert (done.state, done.items, done.upload) == (ImportState.DONE, [], None)
    assert PageLogEntry.objects.get(action="guides.import").user == editor


def test_mistakes_are_listed_with_their_cells_and_nothing_can_be_imported(draft, upload):
    draft()
    answer = upload(workbook(承诺时限="十五"))
    assert "事项!L2 这里要填整数，如 20，不写单位" in text_of(answer)
    assert "导入为草稿" not in text_of(answer)
    assert GuideImport.objects.get().state == ImportState.REFUSED


def test_a_file_that_is_none_is_refused_at_the_field_and_not_kept(upload):
    for name, content in (("a.xlsm", b"x"), ("a.xlsx", b"x")):
        answer = upload(content, name)
        assert answer.status_code == 422
        assert ".xlsx" in text_of(answer)
    assert not GuideImport.objects.exists()


def test_another_template_is_refused_after_reading(upload):
    output = io.BytesIO()
    Workbook().save(output)
    assert "这不是本站的模板" in text_of(upload(output.getvalue()))


def test_what_changed_between_dry_run_and_confirmation_is_shown_first(draft, upload, press):
    guide = draft()
    guide.save_revision()
    upload(workbook(承诺时限=15))
    guide.scope = "本村"
    guide.save_revision()
    assert "试读以后有指南改动过。" in text_of(press())
    assert GuideImport.objects.get().state == ImportState.READY
    assert GuidePage.objects.get().get_latest_revision_as_object().promised_limit == 20
    press()
    now = GuidePage.objects.get().get_latest_revision_as_object()
    assert (now.promised_limit, now.scope) == (15, "本镇")


def test_it_can_be_left(draft, upload, press):
    draft()
    upload(workbook(承诺时限=15))
    assert "未导入" in text_of(press(drop="1"))
    assert "这个文件已不在等待确认。" in text_of(press())
    assert GuideImport.objects.get().items == []


@pytest.fixture
def ten(draft):
    """A workbook that changes ten items."""
    for number in range(10):
        draft(slug=f"a{number}", title=f"事项{number}").save_revision()
    book = load_workbook(io.BytesIO(workbook()))
    for row in range(2, 12):
        book["事项"].cell(row, ITEMS.headings.index("承诺时限") + 1).value = 15
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def limits():
    return [page.get_latest_revision_as_object().promised_limit for page in GuidePage.objects.order_by("slug")]


def test_long_work_is_done_in_turns_with_progress(ten, upload, press, client, queued, monkeypatch):
    monkeypatch.setattr(turn, "TURN_SECONDS", 0)
    upload(ten)
    work_on(*queued[0])
    press()
    progress = f"{DOOR}{GuideImport.objects.get().pk}/progress/"
    assert client.get(progress).json() == {"done": 0, "text": "已写入0个，共10个", "unfinished": True}
    work_on(*queued[1])
    assert client.get(progress).json() == {"done": 8, "text": "已写入8个，共10个", "unfinished": True}
    work_on(*queued[2])
    assert client.get(progress).json()["unfinished"] is False
    assert len(queued) == 3
    assert limits() == [15] * 10


def test_an_import_that_the_program_fails_at_keeps_what_is_written_and_goes_on_later(
    ten, upload, press, queued, monkeypatch
):
    monkeypatch.setattr(turn, "TURN_SECONDS", 0)
    upload(ten)
    work_on(*queued[0])
    press()
    work_on(*queued[1])
    monkeypatch.setattr(importing, "apply", lambda *args: 1 / 0)
    work_on(*queued[2])
    monkeypatch.undo()
    stopped = GuideImport.objects.get()
    assert (stopped.state, stopped.done, stopped.items) == (ImportState.STOPPED, 8, [])
    seen = text_of(press())
    assert "程序无法继续处理这个文件。请告诉系统管理员。" in seen
    assert "已处理8个事项，共10个。" in seen
    upload(ten)
    press()
    assert limits() == [15] * 10


def test_of_two_imports_at_once_the_second_leaves_out_and_names_what_the_first_changed(draft, upload, press, queued):
    draft(slug="a", title="甲").save_revision()
    draft(slug="b", title="乙").save_revision()
    for cells in ({"承诺时限": 15}, {"承诺时限": 12, "通办范围": "全县"}):
        upload(workbook(**cells))
        work_on(*queued[-1])
        press()
    second, first = GuideImport.objects.all()
    work_on(*queued[1])
    work_on(*queued[3])
    assert [one.state for one in GuideImport.objects.all()] == [ImportState.DONE, ImportState.DONE]
    assert GuideImport.objects.get(pk=first.pk).refused == []
    assert GuideImport.objects.get(pk=second.pk).refused == [["甲", "试读以后有人改动过这一事项：请重新导入文件试读。"]]
    kept = GuidePage.objects.get(slug="a").get_latest_revision_as_object()
    assert (kept.promised_limit, kept.scope) == (15, "本镇")


def test_work_whose_worker_died_is_taken_up_again(draft, upload, press, queued):
    draft()
    upload(workbook(承诺时限=15))
    work_on(*queued[0])
    press()
    later = timezone.now() + datetime.timedelta(minutes=11)
    (job,) = [job for job in collect("periodic_jobs", later) if ".guideimport:" in job.key]
    job.run()
    work_on(*queued[1])
    assert GuideImport.objects.get().state == ImportState.WRITING
    work_on(*queued[2])
    assert GuideImport.objects.get().state == ImportState.DONE


def test_a_dry_run_nobody_confirms_is_dropped_after_a_week(draft, upload):
    draft()
    upload(workbook(承诺时限=15))
    later = timezone.now() + lifecycle.KEPT + datetime.timedelta(minutes=1)
    (job,) = [job for job in collect("periodic_jobs", later) if job.key.startswith("guides.forget:")]
    job.run()
    assert GuideImport.objects.get().state == ImportState.DROPPED


def test_nobody_else_sees_an_upload(client, draft, upload, django_user_model):
    draft()
    upload(workbook(承诺时限=15))
    other = django_user_model.objects.create_user("other-editor")
    other.groups.add(group("editor"))
    client.force_login(other)
    key = GuideImport.objects.get().pk
    assert [client.get(f"{DOOR}{key}/{end}").status_code for end in ("", "progress/")] == [404, 404]


def test_nobody_else_sees_an_export(client, draft, order, django_user_model):
    draft()
    order()
    other = django_user_model.objects.create_user("other-editor")
    other.groups.add(group("editor"))
    client.force_login(other)
    door = f"{DOOR}export/{GuideExport.objects.get().pk}/"
    assert [client.get(door + end).status_code for end in ("", "progress/", "file/")] == [404, 404, 404]


def test_only_editors_come_in(client, django_user_model):
    names = {f"guides_{name}" for name in ("exchange", "template", "import", "import_progress", "export")}
    names |= {f"guides_export_{name}" for name in ("screen", "progress", "file")}
    rows = {row.url_name: row.allowed for row in collect("permission_rows") if row.url_name in names}
    assert set(rows) == names
    checker = django_user_model.objects.create_user("checker-only")
    checker.groups.add(group("checker"))
    client.force_login(checker)
    for end in ("", "template/", "1/", "1/progress/", "export/1/", "export/1/progress/", "export/1/file/"):
        assert client.get(DOOR + end).status_code in (302, 403)
    assert client.post(f"{DOOR}export/").status_code in (302, 403)
    assert not GuideExport.objects.exists()
    assert not any(allowed(checker) for allowed in rows.values())
    checker.groups.add(group("editor"))
    checker = django_user_model.objects.get(pk=checker.pk)
    assert all(allowed(checker) for allowed in rows.values())
