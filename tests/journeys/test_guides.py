"""An editor writes a service guide with a branch and sees its longest way; what is missing is named all at once."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.journeys.test_publication import press

STEPS = "[data-contentpath=steps] [data-streamfield-stream-container]"
WAYS = "[data-contentpath=ways] [data-streamfield-list-container]"
ROW = "> [data-streamfield-child]"


def open_new_guide(page: Page) -> None:
    page.goto("/admin/guides/guidepage/")
    page.get_by_role("link", name="添加办事指南").first.click()
    page.wait_for_selector("#id_title")


def tab(page: Page, name: str) -> None:
    page.locator("[role=tab]").filter(has_text=re.compile(rf"^\s*{name}")).click()


def add_row(within: Locator, rows: str, **values: str) -> None:
    """One more row at the end of a list of blocks."""
    row = within.locator(f"{rows} {ROW}")
    count = row.count()
    within.locator(rows).locator("> div > .c-sf-add-button, > .c-sf-add-button").last.click()
    expect(row).to_have_count(count + 1)
    for name, value in values.items():
        row.last.locator(f"[data-contentpath={name}] :is(input:not([type=hidden]), textarea)").first.fill(value)


def test_an_editor_writes_a_branch_and_sees_the_longest_way_and_what_is_missing(signed_in):
    page = signed_in("editor")
    open_new_guide(page)
    page.fill("#id_title", "试办事项")
    tab(page, "环节")
    page.fill("#id_promised_limit", "5")
    form = page.locator("main")
    for name, days in (("受理", "1"), ("补齐材料", "3"), ("审核", "2")):
        add_row(form, STEPS, name=name, post="综合窗口", limit=days)
    first = page.locator(f"{STEPS} {ROW}").first
    for label, to in (("材料齐全", "3"), ("材料不齐", "2")):
        add_row(first, WAYS, label=label, to=to)

    verdict = page.locator("[data-guide-review=paths] .guide-verdict")
    expect(verdict).to_have_text(
        "最长路径：第1 → 2 → 3步，共6个工作日（折合8.4天）；承诺5个工作日（折合7天）：超出承诺。", timeout=15_000
    )
    expect(page.locator("[data-guide-review=paths] .chart-name")).to_have_count(3)
    page.fill("#id_promised_limit", "6")
    expect(verdict).to_contain_text("承诺6个工作日（折合8.4天）：符合。", timeout=15_000)

    press(page, "[name=action-submit]")
    named = page.locator(".messages li li").all_inner_texts()
    assert "到场次数: 请填写到场次数；不用到场填0。" in named
    assert f"有{len(named) - 1}处需要修改" in "".join(named)

    # The name of what is missing leads to its field, in another tab.
    tab(page, "检查")
    page.get_by_role("button", name="到场次数").click()
    expect(page.locator("#id_visits")).to_be_focused()

    # Nothing that was typed is lost, and the draft can be saved as it is.
    page.locator("footer button").filter(has_text="保存草稿").first.click()
    expect(page.locator(".messages")).to_contain_text("试办事项")
    tab(page, "环节")
    expect(verdict).to_contain_text("最长路径：第1 → 2 → 3步")
