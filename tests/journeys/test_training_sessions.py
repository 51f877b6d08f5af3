"""A trainer takes the attendance with the rotating code; a paper list is keyed in; a villager signs up for a course."""

import re

from playwright.sync_api import expect

from tests.browser import fits
from tests.journeys.test_hearings import AS_A_PERSON
from tests.journeys.test_training_reading import PASSWORD, scene

COURSE = "安全生产检查怎么查"
PAPER = "香菇栽培入门"
LEFT = "涂国栋"


def test_the_code_on_the_big_screen_is_typed_and_one_phone_stands_for_one_person(site, signed_in):
    old = scene(site, "beginning", COURSE, PASSWORD, "岑敏", "骆宾", "柴静怡")["old"]
    for name in ("岑敏", "骆宾", "柴静怡"):
        site.passwords[f"journey-{name}"] = PASSWORD
    trainer = signed_in("journey-岑敏")
    trainer.get_by_role("link", name=f"组织签到：{COURSE}").click()
    taken = trainer.url
    trainer.get_by_role("button", name="开放签到并显示签到码").click()
    digits = trainer.locator("[data-digits]")
    expect(digits).to_have_text(re.compile(r"^\d{3} \d{3}$"))
    expect(trainer.locator("[data-present]")).to_have_text("0")

    phone = signed_in("journey-骆宾", width=320, javascript=False)
    phone.get_by_role("link", name=f"签到：{COURSE}", exact=True).click()
    fits(phone)
    phone.get_by_label("屏幕上的六位数字").fill(old)
    phone.get_by_role("button", name="我已到场").click()
    expect(phone.get_by_text("这个签到码已过期：每个签到码最多有效40秒。")).to_be_visible()
    fits(phone)
    phone.get_by_label("屏幕上的六位数字").fill(digits.inner_text())
    phone.get_by_role("button", name="我已到场").click()
    expect(phone.get_by_role("status")).to_have_text("已登记到场。")
    fits(phone)
    expect(trainer.locator("[data-present]")).to_have_text("1", timeout=10_000)

    # A colleague who stayed at home lends their account to the same phone.
    phone.goto("/desk/")
    phone.get_by_role("button", name="退出登录").click()
    phone.goto("/admin/login/?next=/desk/training/attend/")
    phone.fill("input[name=username]", "journey-柴静怡")
    phone.fill("input[name=password]", PASSWORD)
    phone.click("button[type=submit]")
    phone.get_by_label("屏幕上的六位数字").fill(digits.inner_text())
    phone.get_by_role("button", name="我已到场").click()
    expect(phone.get_by_text("这台设备已登记过骆宾：每人须用自己的设备。")).to_be_visible()
    fits(phone)

    trainer.goto(taken)
    told = trainer.get_by_role("region", name="同一设备、两个人")
    expect(told).to_contain_text("柴静怡在骆宾用过的设备上签到，未予登记。")
    expect(trainer.get_by_role("heading", name="到场名单")).to_contain_text("已登记1人，其中用签到码1人")
    told.get_by_role("button", name="柴静怡在会场").click()
    expect(trainer.get_by_role("heading", name="到场名单")).to_contain_text("已登记2人，其中用签到码1人")


def test_a_paper_list_is_keyed_in_and_who_had_left_is_refused(site, signed_in):
    day = scene(site, "yesterday", PAPER, "上塘村", "祝根宝", "祝月娥")["day"]
    clerk = signed_in("liaison", width=360)
    clerk.get_by_role("link", name="我的学习", exact=True).click()
    clerk.get_by_role("link", name="培训签到名单").click()
    clerk.get_by_role("link", name=PAPER).click()
    fits(clerk)
    expect(clerk.get_by_label("纸上的日期")).to_have_value(day)
    clerk.get_by_label("祝根宝").check()
    clerk.get_by_label("手写的姓名").fill(f"王大妈 上塘村\n{LEFT}")
    clerk.get_by_role("button", name="保存签到表").click()

    alert = clerk.get_by_role("alert")
    expect(alert).to_be_visible()
    fits(clerk)
    clerk.get_by_role("group", name="王大妈是谁？").get_by_label("来访人员（不在通讯录中）").check()
    clerk.get_by_role("button", name="保存签到表").click()
    expect(alert).to_contain_text(re.compile(rf"{LEFT}已于\d{{4}}-12-31离任，{day}不在岗。请把这一行从名单上去掉"))
    expect(clerk.get_by_role("heading", name="已经登记")).to_have_count(0)
    expect(clerk.get_by_label("祝根宝")).to_be_checked()
    fits(clerk)
    clerk.get_by_label("手写的姓名").fill("王大妈 上塘村")
    clerk.get_by_role("button", name="保存签到表").click()
    expect(clerk.get_by_role("status")).to_have_text("按纸质签到表新登记2人，另有0人此前已登记。")
    expect(clerk.get_by_role("region", name="已经登记")).to_contain_text("祝根宝（上塘村）、王大妈（上塘村）")
    expect(clerk.get_by_label("祝月娥")).not_to_be_checked()
    fits(clerk)


def test_a_villager_signs_up_for_a_course_without_scripts_looks_it_up_and_withdraws(visitor):
    page = visitor(width=320, javascript=False)
    page.goto("/")
    page.get_by_role("link", name="菜单").click()
    page.get_by_role("navigation", name="主菜单").get_by_role("link", name="群众培训").click()
    fits(page)
    page.get_by_role("navigation", name="在哪里").get_by_role("link", name="石鼓村").click()
    fits(page)
    page.get_by_role("link", name="现场急救").first.click()
    fits(page)
    page.get_by_role("link", name="报名这一场").click()
    fits(page)
    page.get_by_label("您的姓名").fill("邬小满")
    page.wait_for_timeout(AS_A_PERSON)
    page.get_by_role("button", name="报名这一场").click()
    wanting = page.get_by_role("alert")
    expect(wanting).to_contain_text("请选择您所在的村（社区）。")
    expect(wanting).to_contain_text("请填写能联系到您的电话。")
    fits(page)
    expect(page.get_by_label("您的姓名")).to_have_value("邬小满")
    page.get_by_label("石鼓村").check()
    page.get_by_label("您的电话").fill("139 0575 4322")
    page.get_by_role("button", name="报名这一场").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("您已录取")
    slip = page.get_by_role("region", name=re.compile("回执"))
    expect(slip).to_contain_text("现场急救")
    expect(slip).to_contain_text("邬小满")
    fits(page)
    code = page.locator(".slip-code dd").inner_text()
    assert re.fullmatch(r"[2-9a-z]{10}", code)

    page.goto("/training/")
    page.get_by_role("link", name="我的培训报名").click()
    fits(page)
    page.get_by_label("报名编码").fill(code.upper())
    page.get_by_label("电话号码后四位").fill("4321")
    page.get_by_role("button", name="查我的报名").click()
    expect(page.get_by_role("alert")).to_contain_text("没有查到。")
    page.get_by_label("报名编码").fill(code.upper())
    page.get_by_label("电话号码后四位").fill("4322")
    page.get_by_role("button", name="查我的报名").click()
    page.get_by_role("link", name="我来不了：退出报名").click()
    fits(page)
    page.get_by_role("button", name="是，退出").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("您已退出报名")
    fits(page)
