"""A whole section on paper: ordered in the page explorer, printed by the site's own worker, fetched from its screen."""

import io
import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

pytestmark = pytest.mark.pdf


def order_all_notices(page: Page) -> None:
    page.goto("/admin/pages/")
    for parent in ("首页", "通知公告"):
        page.get_by_role("link", name=f"浏览“{parent}”的子页面").click()
    page.locator("header").get_by_role("button", name="操作").first.click()
    page.get_by_role("link", name="下级全部打印成一个文件").click()
    page.get_by_role("button", name="打印", exact=True).click()
    expect(page).to_have_url(re.compile(r"/print/packs/\d+/$"))


@pytest.mark.parametrize("javascript", [True, False])
def test_an_editor_prints_all_notices_as_one_file(signed_in, javascript):
    page = signed_in("editor")
    order_all_notices(page)
    address = page.url
    if not javascript:
        page = signed_in("editor", javascript=False)
        page.goto(address)
    # Nobody presses anything: the screen finds out by itself.
    button = page.get_by_role("link", name="下载文件")
    expect(button).to_be_visible(timeout=120_000)
    with page.expect_download() as download:
        button.click()
    marks = PdfReader(io.BytesIO(download.value.path().read_bytes())).outline
    papers = [mark for mark in marks if not isinstance(mark, list)]
    assert len(papers) > 1
    assert download.value.suggested_filename == f"通知公告（{len(papers)}份）.pdf"
    page.goto("/desk/")
    assert page.locator(f"a[href='{urlsplit(address).path}']").count() == 0
