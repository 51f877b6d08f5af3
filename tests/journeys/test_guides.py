"""A villager with a cheap phone and no JavaScript: the way to the papers needed, and on from an old paper."""

import io
import re

import pypdf
import pytest

pytestmark = pytest.mark.pdf
PAGE_WIDTH = "document.documentElement.scrollWidth"
CHANGE = """
from django.contrib.auth import get_user_model
from guides.models import GuidePage
from suite.publishing.domain import publish_batch

guide = GuidePage.objects.get(title={title!r})
guide.scope = {scope!r}
guide.save_revision()
people = [get_user_model().objects.get(username=name) for name in ("checker", "approver")]
refused = publish_batch([guide], *people, name="journey", file_hash="0" * 64).refused
assert refused == [], refused
"""


def text_of(pdf):
    """What a PDF says, without blanks and line ends."""
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages))


def test_a_villager_gets_the_list_of_what_to_bring_for_the_own_case(site, visitor):
    phone = visitor(width=320, javascript=False)
    phone.goto("/")
    phone.get_by_role("link", name="办事指南").first.click()
    phone.locator(".event-tiles").get_by_role("link", name="残疾").click()
    assert phone.locator("h1").inner_text() == "残疾"
    phone.get_by_role("link", name="残疾人证办理").click()
    everything = phone.locator("ol.papers h3").all_inner_texts()
    phone.get_by_text("证到期换新", exact=True).click()
    phone.get_by_label("本人", exact=True).check()
    phone.get_by_role("button", name="只看我的情况").click()
    assert phone.locator("#yours p").first.inner_text() == "您的情况：证到期换新、本人"
    assert phone.evaluate(PAGE_WIDTH) == 320
    needed = phone.locator("ol.papers h3").all_inner_texts()
    assert needed == ["居民身份证", "两寸白底彩色免冠照片", "残疾人证申请表", "原来的残疾人证"]
    address = phone.get_by_role("link", name="打印我的一次性告知单").get_attribute("href")
    said = text_of(site.get(address))
    assert [name for name in everything if name in said] == needed
    assert len(everything) > len(needed)
    assert "要办哪一种？证到期换新" in said


def test_the_code_of_an_old_paper_leads_to_what_changed_and_to_what_holds_now(site, visitor):
    title = "老年人优待证办理"
    phone = visitor(width=320, javascript=False)
    phone.goto("/guides/?all=1")
    phone.get_by_role("link", name=title).click()
    before = phone.locator("main").inner_text()
    print_it = phone.get_by_role("link", name="打印这张清单").get_attribute("href")
    code = re.search(r"编码([0-9A-Z]{8})", text_of(site.get(print_it)))[1]
    phone.goto(f"/z/{code}")
    assert phone.locator("h1").inner_text() == "这份现行有效"
    # Twice on one site it is changed back.
    scope = "全省通办" if "全县通办" in before else "全县通办"
    site.manage("shell", "-c", CHANGE.format(title=title, scope=scope))
    phone.goto(f"/z/{code}")
    newer = re.fullmatch(r"这份已被第(\d+)版替换", phone.locator("h1").inner_text())[1]
    (changed,) = phone.locator(".changes li").all_inner_texts()
    assert changed.startswith("通办范围：由“")
    assert changed.endswith(f"”改为“{scope}”")
    assert phone.evaluate(PAGE_WIDTH) == 320
    phone.get_by_role("link", name="查看现行内容").click()
    assert phone.locator("h1").inner_text() == title
    now = phone.locator("main").inner_text()
    assert f"通办范围：{scope}" in now
    assert f"这是第{newer}版" in now
