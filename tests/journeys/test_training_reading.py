"""A cadre reads slides on a phone, is quizzed and confirms; the editor changes a text, and who has read it is asked
again."""

import json
import re

from playwright.sync_api import expect

from tests.browser import fits
from tests.journeys.test_publication import handed_over, passed_on_by, press, submit

SCENE = "import json; from tests.journeys import training_scene; print(json.dumps(training_scene.{0}))"
PASSWORD = "石桥镇的课件2026"
SLIDES, QUIZ = "汛期值班与群众转移", "首问负责和一次性告知"
TEXT, NEW = "会议记录怎么写", "录音只作核对，记录定稿后三天内删除。"


def scene(site, name, *arguments):
    told = site.manage("shell", "-v0", "-c", SCENE.format(f"{name}{arguments!r}")).stdout
    return json.loads(told.strip().splitlines()[-1])


def test_a_cadre_reads_every_sheet_on_a_phone_passes_the_quiz_and_confirms(site, signed_in):
    right = scene(site, "asked", SLIDES, "乔木", PASSWORD, QUIZ)
    site.passwords["journey-乔木"] = PASSWORD
    page = signed_in("journey-乔木", width=360)
    fits(page)
    page.get_by_role("link", name="我的学习", exact=True).click()
    fits(page)
    page.get_by_role("link", name=f"学习《{SLIDES}》并确认").click()
    fits(page)
    page.get_by_role("link", name=f"去学习 {SLIDES}").click()
    confirm = page.get_by_role("button", name=f"我已学完 {SLIDES}")
    for number in range(1, 6):
        expect(page.locator(".sheet-count")).to_have_text(f"{number} / 6")
        picture = page.locator(".material-sheet img")
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate("image => image.naturalWidth") > 600
        fits(page)
        expect(confirm).to_have_count(0)
        page.get_by_role("link", name="下一页").click()
        if number == 3:
            # A phone that was put away: the list goes on at the first sheet that was not looked at.
            page.goto("/desk/training/reading/")
            expect(page.get_by_text("已看4页，共6页。全部看过后在这里确认。")).to_be_visible()
            assert "这些页您还没有看过：5、6。请看过以后再确认。" in send(page, "2")
            page.goto("/desk/training/reading/")
            page.get_by_role("link", name=f"去学习 {SLIDES}").click()
            expect(page.locator(".sheet-count")).to_have_text("5 / 6")
            expect(confirm).to_have_count(0)
            page.get_by_role("link", name="上一页").click()
    expect(page.locator(".sheet-count")).to_have_text("6 / 6")
    expect(confirm).to_be_visible()
    fits(page)

    page.goto("/desk/training/")
    page.get_by_role("link", name="我的测验").click()
    fits(page)
    page.get_by_role("link", name=re.compile(f"^去答题.*{QUIZ}$")).click()
    fits(page)
    page.get_by_role("button", name="开始答题").click()
    questions = page.locator(".quiz-question")
    expect(questions).to_have_count(6)
    fits(page)
    answer(questions.all(), right)
    page.get_by_role("button", name="交卷").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("答题结果")
    expect(page.locator(".quiz-score")).to_contain_text("答对6/6题，100%")
    fits(page)

    page.goto("/desk/training/")
    page.get_by_role("link", name=f"学习《{SLIDES}》并确认").click()
    confirm.click()
    expect(page.get_by_text(f"已确认：您学完了《{SLIDES}》。")).to_be_visible()
    fits(page)
    page.goto("/desk/training/")
    expect(page.get_by_role("link", name=f"学习《{SLIDES}》并确认")).to_have_count(0)


def test_a_changed_text_that_matters_is_read_and_confirmed_once_more(site, signed_in):
    number = scene(site, "read_before", TEXT, "江澜", PASSWORD)["page"]
    site.passwords["journey-江澜"] = PASSWORD
    phone = signed_in("journey-江澜", width=320)
    expect(phone.get_by_role("link", name=f"《{TEXT}》")).to_have_count(0)

    editor = signed_in("editor")
    editor.goto(f"/admin/pages/{number}/edit/")
    written = editor.locator(".public-DraftEditor-content")
    written.last.click()
    editor.keyboard.press("Control+End")
    editor.keyboard.type(NEW)
    expect(written.last).to_contain_text(NEW)
    handed_over(editor, NEW)
    press(editor, "[name=action-submit]")
    expect(editor.locator("body")).to_contain_text("已有人读过以前的版本：请填写“改了什么”，并回答“改动要紧吗？”。")
    expect(editor.locator("body")).to_contain_text(NEW)
    editor.get_by_label("改动要紧吗？").select_option("True")
    editor.get_by_label("改了什么").fill("增加了录音怎么处理")
    submit(editor)
    phone.reload()
    expect(phone.get_by_role("link", name=f"《{TEXT}》")).to_have_count(0)
    passed_on_by(signed_in("checker"), TEXT)
    passed_on_by(signed_in("approver"), TEXT)

    phone.reload()
    phone.get_by_role("link", name=f"重新学习《{TEXT}》并确认").click()
    expect(phone.get_by_text("您学过第1版，之后有要紧的改动")).to_be_visible()
    expect(phone.get_by_text("增加了录音怎么处理")).to_be_visible()
    fits(phone)
    phone.get_by_role("link", name=f"去学习 {TEXT}").click()
    expect(phone.get_by_role("main")).to_contain_text(NEW)
    fits(phone)
    phone.get_by_role("button", name=f"我已学完 {TEXT}").click()
    expect(phone.get_by_text(f"已确认：您学完了《{TEXT}》。")).to_be_visible()
    phone.get_by_role("link", name=TEXT).first.click()
    expect(phone.get_by_text(re.compile("您已于.*确认学过第2版。"))).to_be_visible()


def answer(questions, right):
    """Fill each question in as the scene told, whatever order it and its answers are shown in."""
    for one in questions:
        words = one.inner_text()
        for choice in next(answers for asked, answers in right.items() if asked in words):
            if one.locator("input[type=text]").count():
                one.locator("input").fill(choice)
            else:
                one.locator("label", has_text=re.compile(rf"(^|\s){re.escape(choice)}\s*$")).check()


def send(page, version):
    """What the site answers to somebody who sends the confirmation although no button offers it."""
    task = page.locator(".reading-task", has_text=SLIDES)
    number = task.get_attribute("id").removeprefix("material-")
    token = next(one["value"] for one in page.context.cookies() if one["name"] == "csrftoken")
    form = {"version": version, "csrfmiddlewaretoken": token}
    return page.request.post(
        f"/desk/training/reading/{number}/confirm/", form=form, headers={"Referer": page.url}
    ).text()
