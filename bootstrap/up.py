"""`manage.py up`: from a bare checkout to a site that answers."""

import argparse
import os
import sqlite3
from contextlib import closing
from pathlib import Path

from . import migrating, parts, places, room, say, server, venv
from .commands import CommandFailed, manage, run
from .lock import only_one
from .problem import Problem
from .stamps import Stamps, fingerprint

# What a first run writes, in megabytes, measured and rounded up.
_PACKAGES_MB, _DATA_MB, _LATER_MB = 700, 200, 50


def main(arguments: list[str]) -> None:
    """The command. Raises Problem where it cannot be done."""
    parser = argparse.ArgumentParser(
        prog="manage.py up", description="安装、准备数据并启动网站 / install, prepare, serve"
    )
    parser.add_argument("--no-serve", action="store_true", help="只安装和准备,不启动 / all but serve")
    parser.add_argument("--host", default="127.0.0.1", help="监听地址,默认只对本机 / address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="端口 / port (8000)")
    options = parser.parse_args(arguments)
    with only_one(places.var() / "up.lock", "manage.py up"):
        if not options.no_serve:
            room.check_port(options.host, options.port)
        room.check_disk(_needs() | parts.needs([parts.PDF]))
        venv.make(places.ROOT / "requirements.txt")
        missing = parts.provide(parts.PDF)
        prepare_site()
        if missing:
            say.warning(missing)
        if options.no_serve:
            say.line("准备好了。启动：python3 manage.py up")
            return
        shown = f"[{options.host}]" if ":" in options.host else options.host
        local = {"0.0.0.0": "127.0.0.1", "[::]": "[::1]"}.get(shown, shown)  # noqa: S104 - only to be read
        url = f"http://{local}:{options.port}/"
        # Links in mails lead where the site is, unless the office has named another address.
        os.environ.setdefault("BIANMIN_BASE_URL", url.rstrip("/"))
        server.serve(server.children(options.host, options.port), url, lambda: announce(url))


def prepare_site() -> None:
    """Translations, database, static files, sample township: each only where something changed."""
    code = [
        path
        for folder in (places.SITE, places.ROOT / "search")
        for path in folder.rglob("*")
        if path.is_file() and path.suffix not in (".pyc", ".mo")
    ]
    pinned = places.ROOT / "requirements.txt"
    stamps = Stamps(places.var() / "prepared.json")
    if not (places.var() / "bianmin.sqlite3").exists():
        # Once in the life of a database: who has deleted the sample township does not want it back.
        stamps.set("demo", "wanted")
    if not stamps.has("database", fingerprint([*code, pinned], *_migrations())):
        compile_translations()
        migrating.migrate()
    static = fingerprint([pinned, *(path for path in code if "static" in path.parts or "settings" in path.parts)])
    if not stamps.has("static", static) or not (places.var() / "static").exists():
        with say.step("收集静态文件"):
            manage("collectstatic", "--no-input", "--clear")
        stamps.set("static", static)
    if stamps.has("demo", "wanted") and _has_command("demo", "demo"):
        with say.step("建立示例乡镇"):
            manage("demo")
        # What migrations made was never saved as pages are, so nothing has indexed it yet.
        with say.step("建立搜索索引"):
            manage("update_index")
        stamps.set("demo", "built")
    stamps.set("database", fingerprint([*code, pinned], *_migrations()))


def compile_translations() -> None:
    """Compile the catalogues that changed. Raises Problem for one that cannot be read."""
    with say.step("编译翻译"):
        try:
            run(places.PYTHON, "-m", "suite.translation.compile", places.ROOT, env={"PYTHONPATH": str(places.SITE)})
        except CommandFailed as failed:
            raise Problem(
                f"翻译文件有错:{failed.output.strip()}", "A translation file cannot be read: mend the line named above."
            ) from failed


def announce(url: str) -> None:
    """Print where the site is and who may log in."""
    say.line()
    say.line(f"网站 / public site      {url}")
    say.line(f"办公桌 / desk           {url}desk/")
    say.line(f"后台 / administration   {url}admin/")
    if _has_command("demo", "sample_accounts"):
        say.line("\n" + manage("sample_accounts").rstrip())
    say.line("\n按 Ctrl-C 停止 / Ctrl-C ends it")


def _migrations() -> list[str]:
    """What the database says was migrated: a backup put back in its place is seen by this."""
    database = places.var() / "bianmin.sqlite3"
    if not database.exists():
        return ["no database"]
    try:
        with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
            return [f"{app}.{name}" for app, name in connection.execute("SELECT app, name FROM django_migrations")]
    except sqlite3.Error:
        return ["unreadable"]


def _has_command(app: str, name: str) -> bool:
    return (places.SITE / app / "management" / "commands" / f"{name}.py").exists()


def _needs() -> dict[Path, int]:
    first = not (places.VENV / "installed.json").exists()
    return {
        places.ROOT: _PACKAGES_MB if first else _LATER_MB,
        places.var(): _DATA_MB if not (places.var() / "prepared.json").exists() else _LATER_MB,
    }
