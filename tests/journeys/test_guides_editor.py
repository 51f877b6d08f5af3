"""An editor writes a guide with a branch: the longest way stands beside it while typing, mistakes are found by tab."""

import re

import pytest
from playwright.sync_api import expect

STEPS = [("受理", 1), ("核查", 8), ("补齐材料", 0), ("送达", 1)]
WAYS = [("齐全", 2), ("不齐", 3)]


@pytest.fixture
def new_guide(signed_in):
    """The form of a new guide, its steps filled in: the first one branches."""
    page = signed_in("editor")
    page.goto("/admin/pages/")
    for parent in ("首页", "办事指南"):
        page.get_by_role("link", name=f"浏览“{parent}”的子页面").click()
    page.get_by_role("link", name="添加子页面").first.click()
    page.wait_for_url("**/guidepage/**")
    page.fill("#id_title", "挖掘村道许可")
    page.get_by_role("tab", name="环节").click()
    page.get_by_label("承诺时限", exact=True).fill("5")
    steps = page.locator("[data-contentpath=steps]").first
    for number, (name, days) in enumerate(STEPS):
        steps.locator("button.c-sf-add-button").last.click()
        page.fill(f"[name=steps-{number}-value-name]", name)
        page.fill(f"[name=steps-{number}-value-post]", "综合窗口")
        page.fill(f"[name=steps-{number}-value-limit]", str(days))
    ways = steps.locator("[data-contentpath=ways]").first
    for number, (when, to) in enumerate(WAYS):
        ways.locator("button.c-sf-add-button").last.click()
        page.fill(f"[name=steps-0-value-ways-{number}-value-label]", when)
        page.fill(f"[name=steps-0-value-ways-{number}-value-to]", str(to))
    return page


def test_the_longest_way_follows_what_is_typed(new_guide):
    paths = new_guide.locator("[data-guide-review=paths]")
    expect(paths).to_contain_text("第1 → 2 → 3 → 4步，共10个工作日（折合14天）")
    expect(paths).to_contain_text("超出承诺")
    expect(paths).to_contain_text("不齐 → 第3步")
    new_guide.fill("[name=steps-1-value-limit]", "2")
    expect(paths).to_contain_text("共4个工作日")
    expect(paths).not_to_contain_text("超出承诺")


def test_the_tabs_count_every_mistake_that_keeps_the_guide_from_being_handed_on(new_guide):
    new_guide.evaluate("document.querySelector('[name=action-submit]').click()")
    expect(new_guide.locator(".messages")).to_contain_text("尚未提交下一环节")
    said = re.search(r"有(\d+)处需要修改", new_guide.locator(".messages").inner_text())[1]
    counts = new_guide.locator(".w-tabs__errors [aria-hidden]")
    expect(counts.nth(1)).to_have_text("1")
    assert sum(int(count or 0) for count in counts.all_inner_texts()) == int(said)
