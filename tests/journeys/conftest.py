"""A real site for real browsers: `manage.py up` on a folder of its own, for all journeys of a worker."""

import json
import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.manage import ROOT, copy_sample_site, wait_until_it_answers


@dataclass(frozen=True)
class RunningSite:
    """Where the site answers, how to run its commands, and who may log in (user name -> password)."""

    url: str
    environment: dict[str, str]
    passwords: dict[str, str]

    def manage(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "manage.py", *map(str, arguments)],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
            timeout=300,
        )

    def get(self, path: str) -> bytes:
        with urllib.request.urlopen(f"{self.url}{path}", timeout=30) as response:
            return bytes(response.read())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each journey needs the browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.chromium)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    """A site of its own, or the sample site that already runs at BIANMIN_BASE_URL on the data in BIANMIN_VAR."""
    if url := os.environ.get("BIANMIN_BASE_URL"):
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.dev"}
        yield RunningSite(url, environment, _passwords(environment))
        return
    var = copy_sample_site(tmp_path_factory.mktemp("site") / "var", tmp_path_factory)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "BIANMIN_VAR": str(var), "DJANGO_SETTINGS_MODULE": "config.settings.dev"}
    environment["BIANMIN_BASE_URL"] = url = f"http://127.0.0.1:{port}"
    printed = var / "up.txt"
    with printed.open("w") as output:
        server = subprocess.Popen(
            [sys.executable, "manage.py", "up", "--port", str(port)],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_until_it_answers(url, server, printed)
        yield RunningSite(url, environment, _passwords(environment))
    finally:
        server.terminate()
        server.wait(30)


def _passwords(environment: dict[str, str]) -> dict[str, str]:
    accounts = json.loads(RunningSite("", environment, {}).manage("sample_accounts", "--json").stdout)
    return {account["username"]: account["password"] for account in accounts}


@pytest.fixture
def visitor(site: RunningSite, chromium: Browser) -> Iterator[Callable[..., Page]]:
    """`visitor(width=…, javascript=…)`: a fresh browser window for someone without an account."""
    with ExitStack() as windows:

        def window(width: int = 1280, javascript: bool = True) -> Page:
            context = chromium.new_context(
                base_url=site.url,
                viewport={"width": width, "height": 800},
                java_script_enabled=javascript,
                locale="zh-CN",
            )
            windows.callback(context.close)
            return context.new_page()

        yield window


@pytest.fixture
def signed_in(site: RunningSite, visitor: Callable[..., Page]) -> Callable[..., Page]:
    """`signed_in("editor")`: a browser window in which that sample person is logged in."""

    def window(username: str, **options: int | bool) -> Page:
        page = visitor(**options)
        page.goto("/admin/login/?next=/desk/")
        page.fill("input[name=username]", username)
        page.fill("input[name=password]", site.passwords[username])
        page.click("button[type=submit]")
        page.wait_for_url("**/desk/")
        return page

    return window
