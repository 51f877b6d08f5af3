"""A leader returns a commitment on an old phone and approves another; a supervisor verifies in the village."""

import re

from playwright.sync_api import expect

from tests.browser import fits

SCENE = "from tests.journeys.approval_scene import {0}; {0}{1}"


def test_a_leader_returns_one_on_a_phone_without_scripts_and_approves_another(site, signed_in):
    site.manage("shell", "-c", SCENE.format("filed", ("夏知秋", "冬青山")))
    page = signed_in("leader", width=320, javascript=False)
    page.get_by_role("link", name=re.compile(r"^审批 \d+ 份月承诺$")).click()
    fits(page)
    page.get_by_role("link", name="夏知秋").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("夏知秋：月承诺")
    fits(page)
    page.get_by_text("退回并写明意见").click()
    page.get_by_role("button", name="退回修改").click()
    expect(page.get_by_role("alert")).to_be_visible()
    fits(page)
    page.get_by_label("需要修改的地方").fill("第2项请写明在哪个路口")
    page.get_by_role("button", name="退回修改").click()
    expect(page.get_by_text("已退回 夏知秋")).to_be_visible()

    page.goto("/desk/commitments/approve/")
    expect(page.get_by_role("link", name="夏知秋")).to_have_count(0)
    page.get_by_role("link", name="冬青山").click()
    page.get_by_role("button", name=re.compile("^批准")).click()
    expect(page.get_by_text("已批准并公示：冬青山")).to_be_visible()
    fits(page)


def test_a_supervisor_verifies_row_by_row_phone_in_hand(site, signed_in):
    site.manage("shell", "-c", SCENE.format("reported", "('路满仓',)"))
    page = signed_in("supervisor", width=360)
    page.get_by_role("link", name="核实月承诺").click()
    fits(page)
    page.get_by_role("link", name="路满仓").click()
    fits(page)
    first, second = page.locator("#row-1"), page.locator("#row-2")
    first.get_by_label("实地走访").check()
    first.get_by_label("与所报一致").check()
    first.get_by_label("核实情况").fill("到现场看，6盏都亮了。")
    page.get_by_role("button", name="先保存已填的").click()
    expect(first).to_contain_text("已核实")
    expect(second).not_to_contain_text("已核实")

    second.get_by_label("电话").check()
    second.get_by_label("与所报不一致").check()
    page.get_by_role("button", name="保存并提交镇里认定").click()
    expect(page.get_by_role("alert")).to_contain_text("2. 2组路灯")
    expect(second.get_by_label("与所报不一致")).to_be_checked()
    fits(page)
    second.get_by_label("核实情况").fill("村主任说还有2盏没亮。")
    page.get_by_role("button", name="保存并提交镇里认定").click()
    expect(page.get_by_text("已核实：路满仓")).to_be_visible()
    page.goto("/desk/commitments/verify/")
    expect(page.get_by_role("link", name="路满仓")).to_have_count(0)
