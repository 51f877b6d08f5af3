"""The two commands: the same rules as on the screen, with what happened in words."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from openpyxl import load_workbook

from guides.models import GuidePage
from suite.roles.domain import group

pytestmark = pytest.mark.django_db


@pytest.fixture
def book(draft, tmp_path):
    """A workbook of one item, whose limit was changed to ten days."""
    draft()
    path = tmp_path / "事项.xlsx"
    call_command("export_guides", str(path))
    opened = load_workbook(path)
    opened["事项"]["L2"].value = 10
    opened.save(path)
    return path


def test_export_says_how_many_and_where(draft, tmp_path, capsys):
    draft()
    path = tmp_path / "事项.xlsx"
    call_command("export_guides", str(path))
    assert capsys.readouterr().out == f"已写入{path}，共1个事项。\n"
    assert [one.name for one in tmp_path.iterdir()] == ["事项.xlsx"]


def test_the_template_is_empty(draft, tmp_path):
    draft()
    call_command("export_guides", str(tmp_path / "模板.xlsx"), template=True)
    assert load_workbook(tmp_path / "模板.xlsx")["事项"].max_row == 1


def test_a_place_that_cannot_be_written_is_refused(db, tmp_path):
    with pytest.raises(CommandError, match="请换一个位置"):
        call_command("export_guides", str(tmp_path / "没有" / "事项.xlsx"))


def test_a_dry_run_says_what_would_change_and_writes_nothing(book, capsys):
    call_command("import_guides", str(book), dry_run=True)
    assert capsys.readouterr().out == (
        "事项!A2 改动 最低生活保障审核确认 承诺时限\n新建0个，改动1个，没有变化0个，文件中没有、保持原样0个。\n"
    )
    assert GuidePage.objects.get().latest_revision is None


def test_an_import_writes_drafts_of_the_named_editor(book, django_user_model, capsys):
    editor = django_user_model.objects.create_user("wangfang")
    editor.groups.add(group("editor"))
    call_command("import_guides", str(book), user="wangfang")
    assert "已写入1份草稿，略过0份。" in capsys.readouterr().out
    revision = GuidePage.objects.get().latest_revision
    assert (revision.user, revision.as_object().promised_limit) == (editor, 10)


def test_who_may_not_import_is_refused_by_name(book, django_user_model):
    django_user_model.objects.create_user("cunmin")
    with pytest.raises(CommandError, match="cunmin无权导入"):
        call_command("import_guides", str(book), user="cunmin")
    with pytest.raises(CommandError, match="nobody"):
        call_command("import_guides", str(book), user="nobody")


def test_mistakes_are_listed_and_nothing_is_imported(book, capsys):
    opened = load_workbook(book)
    opened["事项"]["L2"].value = "十天"
    opened.save(book)
    with pytest.raises(CommandError, match="没有导入任何内容"):
        call_command("import_guides", str(book))
    assert "事项!L2：这里要填整数，如 20，不写单位\n" in capsys.readouterr().out
    assert GuidePage.objects.get().latest_revision is None


def test_a_file_that_is_not_there_is_refused(db, tmp_path):
    with pytest.raises(CommandError, match="请检查路径"):
        call_command("import_guides", str(tmp_path / "没有.xlsx"))
