"""`manage.py up` for real: prepares a data folder of its own, serves it, ends cleanly."""

import os
import re
import resource
import signal
import socket
import subprocess
import urllib.request

from tests.manage import ROOT, SYSTEM_PYTHON, copy_sample_site, run_manage


def test_it_prepares_everything_once_then_serves_until_it_is_asked_to_end(tmp_path, tmp_path_factory):
    var = copy_sample_site(tmp_path / "var", tmp_path_factory)
    assert (var / "static" / "staticfiles.json").exists()
    before = cpu_of_children()
    second = run_manage(ROOT, "up", "--no-serve", BIANMIN_VAR=str(var))
    assert second.returncode == 0
    assert cpu_of_children() - before < 5
    # Another command in this folder is waited for; nothing else is to be done.
    done = [line for line in second.stdout.splitlines() if "✓" in line and "等另一个" not in line]
    assert done == []

    (var / "bianmin.sqlite3").unlink()
    again = run_manage(ROOT, "up", "--no-serve", BIANMIN_VAR=str(var))
    shown = re.search(r"准备数据库 … ((?:\d+/\d+ )+)✓", again.stdout)
    assert shown, again.stdout + again.stderr
    far = [[int(number) for number in pair.split("/")] for pair in shown[1].split()]
    [total] = {of for _, of in far}
    assert [number for number, _ in far] == [-(-total * fifth // 5) for fifth in range(1, 6)]
    assert (var / "bianmin.sqlite3").exists()
    _serves(var)


def cpu_of_children():
    """Seconds; by the clock a busy machine takes as long as it likes."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _serves(var):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [SYSTEM_PYTHON, "manage.py", "up", "--port", str(port)]
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "PYTEST_"))}
    up = subprocess.Popen(
        command, cwd=ROOT, env={**inherited, "BIANMIN_VAR": str(var)}, stdout=subprocess.PIPE, text=True
    )
    try:
        said = ""
        for line in up.stdout:
            said += line
            if "Ctrl-C" in line:
                break
        assert f"http://127.0.0.1:{port}/desk/" in said
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/admin/login/") as answer:
            page = answer.read().decode()
        assert answer.status == 200
        address = re.search(r'href="(/static/wagtailadmin/css/core\.[0-9a-f]+\.css)"', page).group(1)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{address}") as answer:
            assert "max-age" in answer.headers["Cache-Control"]
    finally:
        up.send_signal(signal.SIGTERM)
        assert up.wait(30) == 0
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))
    assert (var / "log" / "worker.log").exists()
