"""Makes the handbook's pictures of papers and of screens from the sample township.

    BIANMIN_BASE_URL=https://shiqiao.example.cn PYTHONPATH=.:site .venv/bin/python docs/handbook/make_pictures.py

Needs a database with the sample township (`manage.py up --no-serve`), pdftoppm (Debian: poppler-utils) and Chromium.
"""

import os
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

PICTURES = Path(__file__).parent / "pictures"
# Picture, kind, title of the page it is made of, size, page of the PDF.
PAPERS = (
    ("notice", "notice", "关于2027年度城乡居民基本医疗保险集中缴费的公告", "", 1),
    ("poster", "notice-poster", "关于镇区自来水管网检修停水的公告", "a3", 1),
    ("guide", "guide", "最低生活保障审核确认", "", 1),
    ("one-time-notice", "one-time-notice", "最低生活保障审核确认", "", 1),
    ("guide-chart", "guide-chart", "最低生活保障审核确认", "a4", 1),
    ("booklet", "section-booklet", "通知公告", "", 2),
)

# Picture, username, address, or what a link on the desk says that leads there; how many pixels of it.
SCREENS = (
    ("commitment-desk", "cadre", "/desk/", 700),
    ("commitment-result", "liaison", "完成情况", 1100),
    ("commitment-approve", "shenyun", "审批", 600),
    ("commitment-verify", "supervisor", "财政金融服务队", 600),
    ("commitment-notice", "cadre", "答复", 1100),
    ("commitment-board", "", "/commitments/", 700),
    ("search-misses", "editor", "/admin/search/miss/", 900),
    ("search-nothing", "", "/search/?q=拖拉机", 700),
    ("villager-home", "", "/", 800),
    ("villager-guide", "", "/search/?q=低保", 800),
    ("cadre-desk", "cadre", "/desk/", 700),
    ("leader-desk", "shenyun", "/desk/", 700),
    ("supervisor-desk", "supervisor", "/desk/", 600),
    ("liaison-desk", "liaison", "/desk/", 900),
    ("liaison-report", "liaison", "上报问题", 900),
    ("editor-desk", "editor", "/desk/", 700),
    ("checker-desk", "checker", "/desk/", 1100),
)
CHROMIUM = ("/usr/bin/chromium", "/usr/bin/google-chrome")
WIDTH = 400


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None: ...


@contextmanager
def served() -> Iterator[str]:
    """The site on a free port of this machine, while open; its address."""
    from django.core.wsgi import get_wsgi_application

    server = make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


def session_of(username: str) -> str:
    """The key of a session of that sample account."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
    from django.contrib.sessions.backends.db import SessionStore

    user = get_user_model().objects.get(username=username)
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session.create()
    return str(session.session_key)


def shrink(source: Path, name: str) -> None:
    from PIL import Image

    picture = Image.open(source).convert("RGB").quantize(32)
    picture.save(PICTURES / f"{name}.png", optimize=True)


def screens(folder: str) -> None:
    from django.conf import settings
    from playwright.sync_api import sync_playwright

    # Before the browser runs: in its event loop Django asks the database nothing.
    keys = {username: session_of(username) for _name, username, _where, _height in SCREENS if username}
    program = next(path for path in CHROMIUM if Path(path).exists())
    with served() as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        for name, username, where, height in SCREENS:
            context = browser.new_context(viewport={"width": WIDTH, "height": height}, locale="zh-CN")
            if username:
                context.add_cookies(
                    [{"name": settings.SESSION_COOKIE_NAME, "value": keys[username], "url": base}]
                )  # fmt: skip
            page = context.new_page()
            page.goto(base + (where if where.startswith("/") else "/desk/"))
            if not where.startswith("/"):
                page.locator("a", has_text=where).first.click()
                page.wait_for_load_state()
            page.add_style_tag(content="wagtail-userbar { display: none }")
            target = Path(folder, f"{name}.png")
            page.screenshot(path=str(target))
            shrink(target, name)
            context.close()
        browser.close()


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    import django

    django.setup()
    from wagtail.models import Page

    from printing.domain.door import print_document

    with tempfile.TemporaryDirectory() as folder:
        for name, kind, title, size, number in PAPERS:
            paper = print_document(kind, str(Page.objects.get(title=title).pk), size)
            pdf = Path(folder, f"{name}.pdf")
            pdf.write_bytes(paper.content)
            dots = "50" if size == "a3" else "70"
            target = str(pdf.with_suffix(""))
            page = ["-f", str(number), "-singlefile"]
            subprocess.run(["pdftoppm", "-png", "-r", dots, *page, str(pdf), target], check=True)
            shrink(pdf.with_suffix(".png"), name)
        screens(folder)


if __name__ == "__main__":
    main()
