"""The efficiency office takes one hearing from the pool to closed in a browser; between the days the calendar turns."""

import datetime
import re

from playwright.sync_api import Page, expect

from tests.manage import ROOT

# Everything that happened to a hearing lies so many days further back; its rules stay as they are.
TURN = """
import datetime
from hearings.models import Hearing, Notice, Posting
from suite.clock.models import DueDate
from django.db.models import F
days = datetime.timedelta(days={days})
hearing = Hearing.objects.get(pk={pk})
for notice in hearing.notices.all():
    begins = datetime.datetime.fromisoformat(notice.facts["starts_at"]) - days
    Notice.objects.filter(pk=notice.pk).update(
        facts={{**notice.facts, "starts_at": begins.isoformat()}},
        made_at=F("made_at") - days, page_at=F("page_at") - days)
    notice.postings.update(posted_at=F("posted_at") - days)
Hearing.objects.filter(pk=hearing.pk).update(
    starts_at=F("starts_at") - days, sign_up_until=F("sign_up_until") - days, created_at=F("created_at") - days)
DueDate.objects.filter(subject_kind="hearings.corrections", subject_key=str(hearing.pk)).update(due=F("due") - days)
"""
PUBLISH = """
from django.contrib.auth import get_user_model
from wagtail.models import Page
from suite.publishing.domain import publish_batch
one, other = (get_user_model().objects.get(username=name) for name in ("checker", "approver"))
done = publish_batch([Page.objects.get(pk={pk}).specific], one, other, name="{pk}", file_hash="{pk:064}")
assert done.refused == [], done.refused
"""


def run(site, code: str) -> None:
    environment = {**site.environment, "PYTHONPATH": f"{ROOT}"}
    type(site)(site.url, environment, site.passwords).manage("shell", "-v0", "-c", code)


def number(page: Page) -> int:
    return int(re.search(r"/inspect/(\d+)/", page.url).group(1))


def step(page: Page, title: str) -> None:
    expect(page.locator(".hearing-step-now h2")).to_contain_text(title)


def do(page: Page, button: str, **fields: str) -> None:
    """Open a form from the work page, fill it in, send it."""
    page.locator(".hearing-doors").get_by_role("link", name=button, exact=True).first.click()
    for name, value in fields.items():
        field = page.locator(f"main [name={name}]").first
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator(".messages .error, .w-field__errors p")).to_have_count(0)


def publish(page: Page, site) -> None:
    """The page of this step passes check and approval; back to the work page."""
    here = page.url
    page.locator(".hearing-step-now").get_by_role("link", name="打开页面").click()
    pk = int(re.search(r"/pages/(\d+)/edit/", page.url).group(1))
    run(site, PUBLISH.format(pk=pk))
    page.goto(here)


def moment(days: int) -> str:
    return f"{datetime.datetime.now() + datetime.timedelta(days=days):%Y-%m-%dT%H:%M}"  # noqa: DTZ005 - as on the wall


def day(days: int) -> str:
    return f"{datetime.datetime.now() + datetime.timedelta(days=days):%Y-%m-%d}"  # noqa: DTZ005 - as on the wall


def plan(page: Page) -> None:
    page.goto("/admin/hearings/topic/create/")
    page.select_option("#id_village", label="茶溪村")
    for name, value in {"title": "茶溪桥栏杆松动", "text": "孩子天天走。", "concerned": "80"}.items():
        page.fill(f"#id_{name}", value)
    page.locator("main form button[type=submit]").first.click()
    page.goto("/admin/hearings/hearing/create/")
    page.fill("#id_title", "茶溪桥听证会")
    page.fill("#id_about", "桥栏杆怎么修。")
    page.select_option("#id_host", label="党政办公室")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(re.compile("/inspect/"))
    step(page, "议题与方案")
    page.get_by_role("link", name="安排议题、时间、地点、席位").click()
    page.get_by_label("茶溪村：茶溪桥栏杆松动").check()
    page.get_by_label("茶溪村席位").fill("2")
    page.select_option("#id_chair", label="顾明远")
    for name, value in {"starts_at": moment(10), "sign_up_until": moment(8), "place": "茶溪村文化礼堂"}.items():
        page.fill(f"#id_{name}", value)
    page.locator("main form button[type=submit]").first.click()
    do(page, "确定方案")


def announce_and_seat(page: Page, site) -> None:
    step(page, "公告：网页与张贴")
    do(page, "起草听证公告")
    publish(page, site)
    do(page, "登记张贴或广播", place="桥头公告栏", signed_by="蓝青云")
    step(page, "听证代表")
    do(page, "代录报名", village="茶溪村", name="林小满", phone="13912345678")
    run(site, TURN.format(pk=number(page), days=10))
    page.reload()
    do(page, "确定听证代表")


def sit(page: Page) -> None:
    step(page, "听证会现场")
    work = page.url
    page.get_by_role("link", name="进入听证会现场").click()
    page.get_by_role("button", name="宣布开会").click()
    for name in ("林小满", "顾明远"):
        page.get_by_label(name).check()
    expect(page.locator("[data-save-state]")).to_have_text("已保存", timeout=15_000)
    page.get_by_role("link", name="1. 茶溪桥栏杆松动").click()
    page.get_by_text("全体同意", exact=True).click()
    page.get_by_role("button", name="记录：").click()
    page.get_by_text("达成一致：宣布结论").click()
    page.locator("[name=text]").last.fill("月底前换好栏杆。")
    page.get_by_role("button", name="宣布结论").click()
    expect(page.locator(".outcome")).to_contain_text("月底前换好栏杆。")
    page.get_by_role("link", name="全部问题").click()
    page.get_by_role("link", name="结束听证会").click()
    page.get_by_role("button", name="结束听证会").click()
    page.goto(work)


def write_up(page: Page, site) -> None:
    step(page, "纪要")
    do(page, "起草纪要")
    do(page, "送核对")
    run(site, TURN.format(pk=number(page), days=10))
    page.reload()
    publish(page, site)


def follow(page: Page) -> None:
    step(page, "措施")
    do(page, "下达措施", text="换桥栏杆", unit="党政办公室", due=day(20))
    page.keyboard.press("Escape")
    do(page, "转入跟踪落实")
    work = page.url
    page.locator(".hearing-doors").get_by_role("link", name="措施清单").last.click()
    page.get_by_role("link", name="查看").first.click()
    page.get_by_role("link", name="报告已落实").click()
    page.fill("[name=result]", "栏杆已换新。")
    picture = page.screenshot()
    page.set_input_files("[name=evidence]", {"name": "桥.png", "mimeType": "image/png", "buffer": picture})
    page.locator("main form button[type=submit]").first.click()
    page.goto(work)
    for kind, to in (("政务公开栏", ""), ("情况通报", ""), ("告知说明书", "茶溪桥栏杆松动")):
        page.locator(".hearing-doors").get_by_role("link", name="登记反馈").click()
        page.locator("[name=kind] option").filter(has_text=kind).first.evaluate("option => option.selected = true")
        if to:
            page.select_option("[name=to]", index=1)
        page.fill("[name=how]", "张贴在桥头")
        page.locator("main form button[type=submit]").first.click()
    do(page, "办结")


def test_the_office_takes_a_hearing_from_the_pool_to_closed(signed_in, site):
    page = signed_in("efficiency_office")
    plan(page)
    announce_and_seat(page, site)
    sit(page)
    write_up(page, site)
    follow(page)
    expect(page.locator(".hearing-summary")).to_contain_text("已办结")
    expect(page.locator(".hearing-step-now")).to_have_count(0)
