from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from suite.translation import catalogues
from suite.translation.catalogues import HEADER, conflicts, po_path, problems, update


@pytest.fixture
def app(tmp_path):
    (tmp_path / "models.py").write_text("_('Notice'), _('Page %(n)s')", encoding="utf-8")
    return tmp_path


def write(app, *entries):
    po = po_path(app)
    po.parent.mkdir(parents=True, exist_ok=True)
    po.write_text(HEADER + "\n\n".join(entries) + "\n", encoding="utf-8")


NOTICE = 'msgid "Notice"\nmsgstr "公告"'
PAGE = 'msgid "Page %(n)s"\nmsgstr "第 %(n)s 页"'


def test_what_is_missing_empty_fuzzy_or_unused_is_listed(app):
    assert [line.split(": ", 1)[1] for line in problems(app)] == ["missing: 'Notice'", "missing: 'Page %(n)s'"]
    write(app, 'msgid "Notice"\nmsgstr ""', "#, fuzzy\n" + PAGE, 'msgid "Old"\nmsgstr "旧"')
    assert [line.split(": ", 1)[1] for line in problems(app)] == [
        "empty: 'Notice'",
        "fuzzy: 'Page %(n)s'",
        "used nowhere: 'Old'",
    ]


def test_a_lost_placeholder_is_listed(app):
    write(app, NOTICE, 'msgid "Page %(n)s"\nmsgstr "页"')
    assert [line.split(": ", 1)[1] for line in problems(app)] == ["['%(n)s'] differs: 'Page %(n)s'"]


def test_a_complete_catalogue_has_no_problems(app):
    write(app, NOTICE, PAGE)
    assert list(problems(app)) == []


def test_updating_keeps_translations_adds_new_msgids_and_drops_unused_ones(app):
    write(app, NOTICE, 'msgid "Old"\nmsgstr "旧"')
    assert update(app)
    assert po_path(app).read_text(encoding="utf-8") == (
        HEADER + NOTICE + '\n\n#, python-format\nmsgid "Page %(n)s"\nmsgstr ""\n\n'
    )


def test_updating_twice_changes_nothing(app):
    update(app)
    assert not update(app)


def test_an_app_without_words_gets_no_catalogue(tmp_path):
    assert not update(tmp_path)
    assert not po_path(tmp_path).exists()


def test_the_command_lists_what_is_wanting_and_fails(app, monkeypatch):
    command = "suite.translation.management.commands.catalogues"
    monkeypatch.setattr(f"{command}.our_apps", list)
    monkeypatch.setattr(f"{command}.project_folder", lambda: app)
    monkeypatch.setattr(f"{command}.conflicts", list)
    with pytest.raises(CommandError, match=r"missing: 'Notice'"):
        call_command("catalogues", "--check")
    write(app, NOTICE, PAGE)
    call_command("catalogues", "--check", stdout=StringIO())


def test_two_translations_of_one_word_are_a_conflict(app, monkeypatch):
    write(app, 'msgid "Notice"\nmsgstr "公告"', 'msgid "Dashboard"\nmsgstr "仪表盘"')
    monkeypatch.setattr(catalogues, "our_apps", lambda: [SimpleNamespace(label="boards", path=app, name="boards")])
    assert list(conflicts()) == ["'Dashboard' has more than one translation: 仪表盘 (boards); 总览 (config)"]
