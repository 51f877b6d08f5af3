"""manage.py on a machine where nothing is installed yet."""

import ast
import importlib.util

import django
import pytest

from tests.manage import ROOT, run_manage


@pytest.fixture
def manage():
    spec = importlib.util.spec_from_file_location("manage", ROOT / "manage.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("version", [(3, 10, 14, "final", 0), (3, 6, 9, "final", 0), (2, 7, 18, "final", 0)])
def test_an_old_python_is_told_which_one_is_needed_and_how_to_get_it(manage, version):
    chinese, english = manage.age_problem(version).splitlines()
    found = f"{version[0]}.{version[1]}"
    assert english == (
        f"Python is too old: 3.11 or newer is needed, this is {found}. Install it "
        "(sudo apt-get install python3.11 python3.11-venv), then run python3.11 manage.py up"
    )
    assert f"现在是 {found}" in chinese


@pytest.mark.parametrize("version", [(3, 11, 0, "final", 0), (3, 14, 1, "final", 0), (4, 0, 0, "final", 0)])
def test_a_python_that_is_young_enough_passes(manage, version):
    assert manage.age_problem(version) is None


def test_an_old_python_can_read_manage_py_so_that_it_can_say_so():
    ast.parse((ROOT / "manage.py").read_text(encoding="utf-8"), feature_version=(3, 5))


def test_any_other_command_in_a_bare_checkout_says_what_to_run_first(bare):
    done = run_manage(bare, "migrate")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[1] == (
        "Nothing is installed here yet. Run python3 manage.py up first (add --no-serve to install only)"
    )
    assert not (bare / ".venv").exists()


def test_a_half_made_environment_counts_as_none(bare):
    (bare / ".venv" / "bin").mkdir(parents=True)
    (bare / ".venv" / "bin" / "python").symlink_to(ROOT / ".venv" / "bin" / "python")
    (bare / ".venv" / "unfinished").touch()
    assert run_manage(bare, "migrate").returncode == 1


def test_any_other_command_runs_in_the_environment_whichever_python_it_was_called_with():
    done = run_manage(ROOT, "version")
    assert (done.returncode, done.stdout.strip()) == (0, django.get_version())
