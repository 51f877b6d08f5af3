"""A villager signs up for a hearing on an old phone; a liaison reports a problem and sees that it is known."""

import re

from playwright.sync_api import expect

from tests.browser import fits

# A sign-up that comes back at once is taken for a robot's.
AS_A_PERSON = 3_200


def test_a_villager_signs_up_without_scripts_looks_it_up_and_withdraws(visitor):
    page = visitor(width=320, javascript=False)
    page.goto("/")
    page.get_by_role("link", name="菜单").click()
    page.get_by_role("navigation", name="主菜单").get_by_role("link", name="效能听证").click()
    fits(page)
    page.get_by_role("link", name="看公告，去报名").click()
    fits(page)
    page.get_by_role("link", name="报名当听证代表").click()
    fits(page)
    page.get_by_label("您的姓名").fill("邬小满")
    page.get_by_label("您想问什么？").fill("我的身份证11010519491231002X，路灯何时修？")
    page.wait_for_timeout(AS_A_PERSON)
    page.get_by_role("button", name="报名").click()

    wanting = page.get_by_role("alert")
    expect(wanting).to_contain_text("请选择您所在的村（社区）。")
    expect(wanting).to_contain_text("请填写能联系到您的电话。")
    fits(page)
    assert "11010519491231002X" not in page.content()
    expect(page.get_by_label("您的姓名")).to_have_value("邬小满")
    page.get_by_role("radio").first.check()
    page.get_by_label("您的电话").fill("139 0575 4321")
    page.get_by_role("button", name="报名").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("您已报名")
    fits(page)
    code = page.locator(".slip-code dd").inner_text()
    assert re.fullmatch(r"[2-9a-z]{10}", code)

    page.goto("/hearing/own/")
    page.get_by_label("报名编码").fill(code.upper())
    page.get_by_label("电话号码后四位").fill("4321")
    page.get_by_role("button", name="查我的报名").click()
    page.get_by_role("link", name="我来不了：退出报名").click()
    fits(page)
    page.get_by_role("button", name="是，退出").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("您已退出报名")


def test_a_liaison_sees_while_typing_that_a_problem_is_known_and_reports_it_all_the_same(signed_in):
    page = signed_in("liaison", width=360)
    page.get_by_role("link", name="上报问题").click()
    page.get_by_label("是什么问题？").fill("祠堂边的路没有路灯")
    similar = page.get_by_role("status").filter(has_text="是不是下面这些事？")
    expect(similar).to_contain_text("祠堂边到小学的路没有路灯", timeout=15_000)
    fits(page)
    with page.expect_response("**/topics/similar/**"):
        page.get_by_label("具体情况").fill("天黑以后老人和孩子看不见路。")
    page.get_by_label("涉及多少人？").fill("60")
    page.get_by_label("村（社区）").select_option(index=1)
    page.get_by_role("button", name="上报").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("祠堂边的路没有路灯")
    expect(page.get_by_role("main")).to_contain_text("待效能办处理")
    fits(page)
    page.goto("/desk/hearings/village/")
    expect(page.get_by_role("link", name="祠堂边的路没有路灯")).to_be_visible()
    fits(page)
