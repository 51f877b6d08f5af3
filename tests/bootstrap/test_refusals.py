"""What stops `manage.py up` and `test`: one plain sentence with the mend, exit code 1, nothing half made."""

import contextlib
import os
import socket
import subprocess
import sys

import pytest

from tests.manage import run_manage

from .conftest import copy_checkout

NO_REGISTRY = {
    "PIP_CONFIG_FILE": os.devnull,
    "PIP_FIND_LINKS": "",
    "PIP_RETRIES": "0",
    "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
}


@contextlib.contextmanager
def small_disk(folder, size):
    """A file system of its own below ``folder``."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")


def english(done):
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stderr.strip().splitlines()[-1]


@pytest.mark.parametrize("command", [["up", "--no-serve"], ["test"]])
def test_no_registry(bare, command):
    sentence = english(run_manage(bare, *command, **NO_REGISTRY))
    assert sentence.startswith(
        "The Python package registry cannot be reached, or lacks a version: check the network, or name a mirror in "
        "the variable PIP_INDEX_URL, and run this again"
    )
    assert (bare / ".venv" / "unfinished").exists(), "the next run has to know that this one did not finish"
    assert not (bare / "var" / "bianmin.sqlite3").exists()


def test_a_port_that_is_taken(bare):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        sentence = english(run_manage(bare, "up", "--port", str(port)))
    start, _, other = sentence.rpartition(" ")
    assert start == f"Port {port} is taken or not permitted: choose another, for example python3 manage.py up --port"
    with socket.socket() as free:
        free.bind(("127.0.0.1", int(other.rstrip("."))))
    assert not (bare / ".venv").exists(), "nothing is made before the port is known to be free"


def test_an_address_of_another_machine(bare):
    assert english(run_manage(bare, "up", "--host", "192.0.2.1")) == (
        "192.0.2.1:8000 cannot be served: choose an address of this machine with --host."
    )


@needs_root
@pytest.mark.parametrize("command", [["up", "--no-serve"], ["test"]])
def test_too_little_room_is_seen_before_anything_is_made(tmp_path, command):
    with small_disk(tmp_path / "disk", "20M") as disk:
        checkout = copy_checkout(disk / "checkout")
        sentence = english(run_manage(checkout, *command))
        assert sentence.startswith(f"Not enough room: the disk of {checkout} needs ")
        assert sentence.endswith("Free some space and run this again.")
        assert not (checkout / ".venv").exists()


@needs_root
def test_a_disk_that_fills_up_half_way(tmp_path):
    """The environment itself needs more than this disk has; the look ahead is left out to get that far."""
    with small_disk(tmp_path / "disk", "12M") as disk:
        checkout = copy_checkout(disk / "checkout")
        program = "from bootstrap import command_line, room; room.check_disk = lambda needs: None; import sys; "
        program += "sys.exit(command_line.main('up', ['--no-serve']))"
        done = subprocess.run(
            [sys.executable, "-c", program], cwd=checkout, capture_output=True, text=True, check=False
        )
        assert english(done).startswith("The disk is full (")
        assert english(done).endswith("free some space and run the same command again; it carries on.")
        assert (checkout / ".venv" / "unfinished").exists()


def test_a_file_where_a_folder_should_be(bare):
    (bare / "var").write_text("")
    assert english(run_manage(bare, "up", "--no-serve")) == (
        f"{bare / 'var'} should be a folder and is a file: move it away and run this again."
    )


def test_an_environment_that_is_a_link_to_somebody_elses(bare, tmp_path):
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "unfinished").touch()
    (bare / ".venv").symlink_to(theirs)
    assert english(run_manage(bare, "up", "--no-serve")) == (
        f"{bare / '.venv'} is a link to a folder that others may be using: delete the link and run this again."
    )
    assert [path.name for path in theirs.iterdir()] == ["unfinished"]


@needs_root
def test_a_folder_that_may_not_be_written(tmp_path):
    with small_disk(tmp_path / "disk", "2M") as disk:
        checkout = copy_checkout(disk / "checkout")
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        assert english(run_manage(checkout, "up", "--no-serve")) == (
            f"{checkout / 'var'} cannot be written: run this as a user who may write there, or from another folder."
        )


def test_another_run_at_the_same_time(bare):
    (bare / "var").mkdir()
    holder = subprocess.Popen(
        [
            sys.executable, "-c",
            "import sys, time; from pathlib import Path; from bootstrap.lock import only_one\n"
            "with only_one(Path('var/up.lock'), 'manage.py up'): print('held', flush=True); time.sleep(60)",
        ],
        cwd=bare, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert holder.stdout.readline() == "held\n"
        assert english(run_manage(bare, "up", "--no-serve")) == (
            f"Another manage.py up is running (process {holder.pid}): wait for it to end, or stop it, then run this "
            "again."
        )
    finally:
        holder.kill()
        holder.wait()
    # The lock went with its process: the next one gets further, to the registry that is not there.
    assert "registry cannot be reached" in english(run_manage(bare, "up", "--no-serve", **NO_REGISTRY))


def test_a_python_without_the_venv_module(bare, tmp_path):
    """Debian's python3 without python3-venv has no ensurepip: here it is hidden from Python as it starts."""
    (tmp_path / "sitecustomize.py").write_text("import sys\nsys.modules['ensurepip'] = None\n")
    sentence = english(run_manage(bare, "up", "--no-serve", PYTHONPATH=str(tmp_path)))
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    assert sentence == (
        f"Python's venv module is missing: install it (sudo apt-get install {package}) and run this again."
    )


def test_a_part_that_no_test_can_be_done_without_names_is_an_error_of_use(bare):
    done = run_manage(bare, "test", "--without", "sound")
    assert done.returncode == 2
    assert "--without sound: pdf / chromium" in done.stderr
