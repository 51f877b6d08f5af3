"""Writing in real Chromium: a line that is lost, two devices, no scripts; and the way of a text to the public page."""

import pytest
from playwright.sync_api import expect
from wagtail.models import Site

from suite.publishing.domain import approve, submit
from tests.browser import fits
from tests.journeys.test_publication import passed_on_by, press
from tests.training.writings.stage import Stage
from training.models import StudyIndexPage, Writing

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]
SAVED, LOST = "已保存", "未保存：连接中断，恢复后自动保存"
SOON = {"timeout": 20_000}
OWN = "/desk/training/writings/"
TEXT = "一、听\n先到户里听，再到田里看，记下三十二条意见，回来逐条对照台账。"


@pytest.fixture
def here(transactional_db, live_server, window):
    """A stage, and windows of its people: ``window("cadre", width=…)``."""
    stage = Stage()
    stage.checker, stage.approver = stage.person("闵思远", "checker"), stage.person("欧阳静", "approver")
    stage.window = lambda whose, **options: window(getattr(stage, whose).user, height=720, **options)
    return stage


def begin(page, kind="学习笔记", scripts=True):
    """A new one, begun as everybody begins it; what keeps it is at work before anything is typed."""
    page.goto(OWN)
    fits(page)
    page.get_by_label(kind).check()
    page.get_by_role("button", name="开始写").click()
    expect(page.locator("#id_text")).to_be_visible(**SOON)
    if scripts:
        expect(state(page)).to_have_text(SAVED, **SOON)


def state(page):
    return page.locator("[data-save-state]")


def stored():
    one = Writing.objects.get()
    return one.title, one.text, one.publish


def test_what_is_typed_outlives_a_dead_line_and_a_closed_window(here):
    phone = here.window("cadre")
    begin(phone)
    address = phone.url
    fits(phone)
    expect(phone.locator("[data-characters]")).to_have_text("0")
    phone.locator("#id_title").fill("走访体会")
    phone.locator("#id_text").press_sequentially("一、听")
    expect(phone.locator("[data-characters]")).to_have_text("3")
    expect(state(phone)).to_have_text(SAVED, **SOON)
    assert stored() == ("走访体会", "一、听", False)

    phone.context.set_offline(True)
    phone.locator("#id_text").fill(TEXT)
    phone.locator("#id_publish").check()
    expect(state(phone)).to_have_text(LOST, **SOON)
    fits(phone)
    assert stored() == ("走访体会", "一、听", False)
    # The line comes back only after the window was closed.
    again = phone.context.new_page()
    phone.close(run_before_unload=False)
    again.context.set_offline(False)
    again.goto(address)
    expect(again.locator("#id_text")).to_have_value(TEXT, **SOON)
    expect(again.locator("#id_publish")).to_be_checked(**SOON)
    expect(state(again)).to_have_text(SAVED, **SOON)
    assert stored() == ("走访体会", TEXT, True)

    again.reload()
    expect(again.locator("#id_text")).to_have_value(TEXT, **SOON)
    again.get_by_role("button", name="交稿", exact=True).click()
    expect(again.get_by_text("已交稿，由分管领导审阅。")).to_be_visible(**SOON)
    fits(again)


def test_two_devices_overwrite_nothing(here):
    phone = here.window("cadre")
    begin(phone)
    address, desk = phone.url, here.window("cadre", width=1280)
    desk.goto(address)
    expect(state(desk)).to_have_text(SAVED, **SOON)
    phone.locator("#id_text").fill("手机上写的一段。")
    expect(state(phone)).to_have_text(SAVED, **SOON)
    desk.locator("#id_text").fill("电脑上写的另一段。")
    box = desk.locator(".conflict")
    expect(box).to_be_visible(**SOON)
    expect(box.locator("[data-theirs]")).to_have_text("手机上写的一段。")
    expect(box.locator("[data-mine]")).to_have_text("电脑上写的另一段。")
    assert stored()[1] == "手机上写的一段。"
    box.get_by_role("button", name="用别处的").click()
    expect(desk.locator("#id_text")).to_have_value("手机上写的一段。", **SOON)
    expect(desk.locator("[data-characters]")).to_have_text("8")
    desk.locator("#id_title").fill("两头写")
    expect(state(desk)).to_have_text(SAVED, **SOON)
    assert stored() == ("两头写", "手机上写的一段。", False)
    # The phone has not seen the title yet.
    phone.locator("#id_title").fill("手机上的标题")
    expect(phone.locator(".conflict")).to_be_visible(**SOON)
    fits(phone)
    assert stored()[0] == "两头写"


def test_without_scripts_there_is_a_button_that_saves_and_two_devices_are_asked_too(here):
    phone = here.window("cadre", scripts=False)
    begin(phone, scripts=False)
    address = phone.url
    phone.locator("#id_title").fill("走访体会")
    phone.locator("#id_text").fill("只写了一半。")
    other = here.window("cadre", scripts=False)
    other.goto(address)
    phone.get_by_role("button", name="保存，以后再交").click()
    expect(phone.get_by_text("已保存，尚未交稿。")).to_be_visible(**SOON)
    expect(phone.locator("#id_text")).to_have_value("只写了一半。", **SOON)
    fits(phone)
    other.locator("#id_text").fill("别处写的。")
    other.get_by_role("button", name="保存，以后再交").click()
    main = other.locator("main")
    expect(main).to_contain_text("只写了一半。", **SOON)
    expect(main).to_contain_text("别处写的。", **SOON)
    fits(other)
    assert stored()[1] == "只写了一半。"
    phone.get_by_role("button", name="交稿", exact=True).click()
    expect(phone.locator("#errors")).to_contain_text("现有6字，要求不少于20字，请继续写。", **SOON)
    expect(phone.locator("#id_text")).to_have_value("只写了一半。", **SOON)
    phone.locator("#id_text").fill(TEXT)
    phone.get_by_role("button", name="交稿", exact=True).click()
    expect(phone.get_by_text("已交稿，由分管领导审阅。")).to_be_visible(**SOON)


def test_from_the_wish_to_the_live_page_that_its_author_finds_on_the_own_list(here):
    section = StudyIndexPage(title="学习园地", slug="study")
    section = Site.objects.get(is_default_site=True).root_page.add_child(instance=section)
    submit(section, here.editor.user)
    approve(section, here.checker.user)
    approve(section, here.approver.user)

    author = here.window("cadre", width=390)
    begin(author)
    author.locator("#id_title").fill("走访体会")
    author.locator("#id_text").fill(TEXT)
    author.locator("#id_publish").check()
    author.get_by_role("button", name="交稿", exact=True).click()
    expect(author.get_by_text("通过后转给编辑发表。")).to_be_visible(**SOON)

    leader = here.window("leader", width=390)
    leader.goto("/desk/")
    leader.get_by_role("link", name="请审阅1篇学习笔记或调研文章").click()
    fits(leader)
    leader.get_by_role("link", name="走访体会").click()
    fits(leader)
    leader.get_by_role("button", name="通过", exact=True).click()
    expect(leader.get_by_text("已通过：田野。")).to_be_visible(**SOON)
    author.goto(OWN)
    expect(author.locator(".entries")).to_contain_text("在编辑处", **SOON)

    editor = here.window("editor", width=1280)
    editor.goto("/desk/")
    expect(editor.locator("main")).to_contain_text(
        "田野希望发表：请通读一遍，需要改的改好，再从“保存草稿”旁的箭头选“送审”。"
    )
    editor.get_by_role("link", name="请送审：“走访体会”").click()
    expect(editor.locator("#id_title")).to_have_value("走访体会", **SOON)
    press(editor, "[name=action-submit]")
    expect(editor.locator(".messages")).to_contain_text("送审", **SOON)
    editor.goto("/desk/")
    expect(editor.get_by_role("link", name="请送审：“走访体会”")).to_have_count(0, **SOON)

    for whose, waits in (("checker", "核稿"), ("approver", "审批")):
        author.goto(OWN)
        author.get_by_role("link", name="走访体会").click()
        expect(author.get_by_text(f"正在审核：{waits}。")).to_be_visible(**SOON)
        passed_on_by(here.window(whose, width=1280), "走访体会")
    author.goto(OWN)
    fits(author)
    author.get_by_role("link", name="已发表").click()
    expect(author.locator("h1")).to_have_text("走访体会")
    expect(author.locator("main")).to_contain_text("记下三十二条意见", **SOON)
    fits(author)
    author.goto("/study/")
    expect(author.get_by_role("link", name="走访体会")).to_be_visible(**SOON)
