"""A cadre writes the commitment on a phone while the line breaks and the browser dies; a second device is told."""

import pytest
from playwright.sync_api import expect

from tests.browser import SMALL_TARGETS
from tests.manage import ROOT

SAVED = "已保存"
LOST = "未保存：连接中断，恢复后自动保存"


class Office:
    """The site's shell."""

    def __init__(self, site):
        environment = {**site.environment, "PYTHONPATH": f"{ROOT}"}
        self.site = type(site)(site.url, environment, site.passwords)

    def asked(self, what):
        command = f"from tests.journeys.commitments_scene import opened, told; print(repr({what}))"
        printed = self.site.manage("shell", "-v0", "-c", command).stdout.strip().splitlines()[-1]
        return eval(printed)  # noqa: S307 - printed above


@pytest.fixture
def office(site):
    return Office(site)


@pytest.fixture
def device(site, chromium):
    """`device(username, width)`: a device on which somebody is logged in."""
    contexts = []

    def window(username, width=360):
        context = chromium.new_context(base_url=site.url, viewport={"width": width, "height": 740}, locale="zh-CN")
        contexts.append(context)
        page = context.new_page()
        page.goto("/admin/login/?next=/desk/")
        page.fill("input[name=username]", username)
        page.fill("input[name=password]", site.passwords[username])
        page.click("button[type=submit]")
        page.wait_for_url("**/desk/")
        return page

    yield window
    for context in contexts:
        context.close()


def state(page):
    return page.locator("[data-save-state]")


def write(page, row, **texts):
    for name, words in texts.items():
        page.locator(f"[name=rows-{row}-{name}]").fill(words)


def test_what_a_cadre_types_on_a_phone_survives_a_dead_line_and_a_closed_browser_and_is_filed(office, device):
    code = office.asked("opened()")
    page = device("cadre")
    page.get_by_role("link", name="我的月承诺").click()
    page.locator(f"a[href='/desk/commitments/{code}/']").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.evaluate(SMALL_TARGETS.replace("'.skip-link'", "'.skip-link, [aria-hidden]'")) == []
    write(page, 0, work="柳岸村水塘边装路灯", measures="与村委会定点位；联系电力所接电")
    expect(state(page)).to_have_text(SAVED, timeout=15_000)
    assert office.asked(f"told('{code}', 'cadre')") == (
        "owed",
        [("柳岸村水塘边装路灯", "与村委会定点位；联系电力所接电", "")],
    )

    page.context.set_offline(True)
    write(page, 0, goal="安装太阳能路灯6盏，全部亮灯")
    page.get_by_role("button", name="加一项承诺").click()
    write(page, 1, work="调解柳岸村水渠纠纷")
    expect(state(page)).to_have_text(LOST, timeout=15_000)
    # Nothing goes up meanwhile, and the browser is closed on top of it.
    again = page.context.new_page()
    page.close()
    page.context.set_offline(False)

    again.goto(f"/desk/commitments/{code}/")
    expect(again.locator("[name=rows-0-goal]")).to_have_value("安装太阳能路灯6盏，全部亮灯")
    expect(again.locator("[name=rows-1-work]")).to_have_value("调解柳岸村水渠纠纷")
    expect(state(again)).to_have_text(SAVED, timeout=15_000)
    write(again, 0, due=f"{code}-18")
    write(again, 1, measures="走访两户，上门调解", goal="双方签字，渠水通到下湾", due=f"{code}-25")
    again.get_by_role("button", name="提交", exact=True).click()
    expect(again.get_by_text("已按时提交。")).to_be_visible()
    assert office.asked(f"told('{code}', 'cadre')") == (
        "filed",
        [
            ("柳岸村水塘边装路灯", "与村委会定点位；联系电力所接电", "安装太阳能路灯6盏，全部亮灯"),
            ("调解柳岸村水渠纠纷", "走访两户，上门调解", "双方签字，渠水通到下湾"),
        ],
    )


def test_what_is_wrong_is_shown_beside_its_field_and_mended_on_the_phone(office, device):
    code = office.asked("opened()")
    page = device("leader")
    page.goto(f"/desk/commitments/{code}/")
    write(page, 0, work="秸秆禁烧", measures="每天巡查两次", goal="火点为零")
    page.get_by_role("button", name="提交", exact=True).click()
    expect(page.locator("#errors")).to_be_visible()
    expect(page.locator("[name=rows-0-goal]")).to_have_value("火点为零")
    page.locator("#errors a").click()
    expect(page.locator("[name=rows-0-due]")).to_be_focused()
    write(page, 0, due=f"{code}-20")
    page.get_by_role("button", name="提交", exact=True).click()
    expect(page.get_by_text("已按时提交。")).to_be_visible()


def test_a_second_device_is_told_and_overwrites_nothing(office, device):
    code = office.asked("opened()")
    phone, desk = device("head"), device("head", width=1280)
    for page in (phone, desk):
        page.goto(f"/desk/commitments/{code}/")
    write(phone, 0, work="手机上写的重点")
    expect(state(phone)).to_have_text(SAVED, timeout=15_000)
    write(desk, 0, work="电脑上写的重点")
    box = desk.locator(".conflict")
    expect(box).to_be_visible(timeout=15_000)
    expect(box.locator("[data-theirs]")).to_have_text("手机上写的重点")
    expect(box.locator("[data-mine]")).to_have_text("电脑上写的重点")
    assert office.asked(f"told('{code}', 'head')")[1] == [("手机上写的重点", "", "")]
    box.get_by_role("button", name="用别处的").click()
    expect(desk.locator("[name=rows-0-work]")).to_have_value("手机上写的重点")
    write(desk, 0, goal="电脑上补的目标")
    expect(state(desk)).to_have_text(SAVED, timeout=15_000)
    assert office.asked(f"told('{code}', 'head')")[1] == [("手机上写的重点", "", "电脑上补的目标")]
