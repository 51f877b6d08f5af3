import gettext
import os
import subprocess
import sys
from pathlib import Path

import pytest

from suite.translation.compile import CatalogueError, compile_catalogues

ROOT = Path(__file__).resolve().parents[3]
PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

msgid "Notice"
msgstr "公告"

#, fuzzy
msgid "Desk"
msgstr "书桌"
"""


@pytest.fixture
def po(tmp_path):
    path = tmp_path / "app" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(PO, encoding="utf-8")
    return path


def chinese(root, word):
    return gettext.translation("django", root / "app" / "locale", ["zh_Hans"]).gettext(word)


def test_a_compiled_catalogue_is_what_gettext_reads(po, tmp_path):
    assert compile_catalogues(tmp_path) == [po.with_suffix(".mo")]
    assert chinese(tmp_path, "Notice") == "公告"


def test_a_fuzzy_translation_is_left_out(po, tmp_path):
    compile_catalogues(tmp_path)
    assert chinese(tmp_path, "Desk") == "Desk"


def test_only_what_changed_is_compiled_again(po, tmp_path):
    compile_catalogues(tmp_path)
    assert compile_catalogues(tmp_path) == []
    later = po.with_suffix(".mo").stat().st_mtime + 1
    os.utime(po, (later, later))
    assert compile_catalogues(tmp_path) == [po.with_suffix(".mo")]


def test_catalogues_of_the_environment_are_not_touched(po, tmp_path):
    (tmp_path / "app").rename(tmp_path / ".venv")
    assert compile_catalogues(tmp_path) == []


def test_a_broken_catalogue_is_named_and_leaves_nothing_behind(po, tmp_path):
    po.write_text(PO + '\nmsgid "Page\n', encoding="utf-8")
    with pytest.raises(CatalogueError, match=str(po)):
        compile_catalogues(tmp_path)
    assert list(po.parent.iterdir()) == [po]


def test_it_runs_as_a_command_without_django_being_set_up(po, tmp_path):
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    result = subprocess.run(
        [sys.executable, "-m", "suite.translation.compile", str(tmp_path)],
        env=environment | {"PYTHONPATH": str(ROOT / "site")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, result.stdout, result.stderr) == (0, f"{po.with_suffix('.mo')}\n", "")
