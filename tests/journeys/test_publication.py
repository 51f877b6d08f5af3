"""From the editor's desk to the public page and its paper; and every way past the others that the admin offers."""

import io
import re

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

NOTICES = "通知公告"
TEXT = "柳岸村村道路灯本周检修，晚上出行请带手电。"


def open_new_notice(page: Page) -> None:
    page.goto("/admin/pages/")
    page.get_by_role("link", name=NOTICES, exact=True).first.click()
    page.get_by_role("link", name=re.compile("添加子页面")).first.click()
    if page.get_by_role("link", name="公告", exact=True).count():
        page.get_by_role("link", name="公告", exact=True).click()


def write_notice(page: Page, title: str, text: str = TEXT) -> None:
    open_new_notice(page)
    page.fill("#id_title", title)
    page.locator(".public-DraftEditor-content").first.click()
    page.keyboard.type(text)
    page.select_option("#id_responsible_unit", label=unit_label(page))


def unit_label(page: Page) -> str:
    labels = page.locator("#id_responsible_unit option").all_inner_texts()
    return next(label for label in labels if "党政办公室" in label)


def press(page: Page, selector: str) -> None:
    """Press a button of the editor's menu, opening the menu first."""
    button = page.locator(selector).first
    if not button.is_visible():
        page.locator("footer [data-w-dropdown-target=toggle], footer .w-dropdown__toggle").last.click()
    button.click()
    page.wait_for_load_state()


def submit(page: Page) -> None:
    press(page, "[name=action-submit]")
    expect(page.locator(".messages")).to_contain_text("送审")


def passed_on_by(page: Page, title: str) -> None:
    """Open the notice from the desk and pass it."""
    page.goto("/desk/")
    page.get_by_role("link", name=re.compile(title)).first.click()
    press(page, "[data-workflow-action-name=approve]:not([data-launch-modal=true])")
    expect(page.locator(".messages")).to_contain_text(title)


def test_a_notice_passes_two_others_and_hangs_as_paper(signed_in, visitor, site):
    title = "关于柳岸村路灯检修的公告"
    editor = signed_in("editor")
    write_notice(editor, title)
    submit(editor)

    villager = visitor(width=360)
    villager.goto("/")
    expect(villager.get_by_role("link", name=title)).to_have_count(0)

    passed_on_by(signed_in("checker"), title)
    villager.reload()
    expect(villager.get_by_role("link", name=title)).to_have_count(0)

    passed_on_by(signed_in("approver"), title)
    villager.reload()
    villager.get_by_role("link", name=title).first.click()
    expect(villager.locator("main")).to_contain_text(TEXT)

    href = villager.get_by_role("link", name=re.compile("打印")).first.get_attribute("href")
    pdf = PdfReader(io.BytesIO(site.get(href)))
    printed = re.sub(r"\s", "", "".join(sheet.extract_text() for sheet in pdf.pages))
    assert TEXT in printed
    assert title in printed


def test_a_checker_returns_a_notice_and_its_editor_finds_the_remark_on_the_desk(signed_in):
    title = "关于集镇停车的公告"
    editor = signed_in("editor")
    write_notice(editor, title)
    submit(editor)

    checker = signed_in("checker")
    checker.goto("/desk/")
    checker.get_by_role("link", name=re.compile(title)).first.click()
    press(checker, "[data-workflow-action-name=reject]")
    checker.locator(".modal textarea").fill("请写明停车的起止日期。")
    checker.locator(".modal [type=submit]").click()
    checker.wait_for_load_state()

    editor.goto("/desk/")
    expect(editor.locator("main")).to_contain_text("请写明停车的起止日期。")


def test_a_mobile_number_is_named_on_the_form_and_nothing_typed_is_lost(signed_in):
    editor = signed_in("editor")
    write_notice(editor, "关于报名的公告", "报名请打13912345678。")
    press(editor, "[name=action-submit]")
    expect(editor.locator("body")).to_contain_text("139****5678")
    expect(editor.locator("#id_title")).to_have_value("关于报名的公告")
    expect(editor.locator(".public-DraftEditor-content").first).to_contain_text("报名请打13912345678。")


def form_token(page: Page) -> str:
    return page.locator("[name=csrfmiddlewaretoken]").first.input_value()


@pytest.fixture
def own_draft(signed_in):
    """The editor's window on their own saved draft, and the draft's number."""
    page = signed_in("editor")
    write_notice(page, "关于自己发布的公告")
    page.locator("[name=action-submit]").count()
    press(page, "footer button[type=submit]:not([name])")
    page.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))
    return page, int(re.search(r"/pages/(\d+)/edit/", page.url).group(1))


def test_an_editor_finds_no_button_that_publishes(own_draft):
    page, _number = own_draft
    assert page.locator("[name=action-publish]").count() == 0


@pytest.mark.parametrize(
    "way",
    [
        "/admin/pages/{number}/edit/",
        "/admin/bulk/wagtailcore/page/publish/?id={number}",
        "/admin/pages/workflow/action/{number}/approve/1/",
        "/admin/pages/{number}/copy/",
    ],
)
def test_an_editor_cannot_publish_their_own_page_by_posting_to(way, own_draft, site):
    page, number = own_draft
    answer = page.evaluate(
        """async ([url, token, fields]) => {
            const body = new FormData(document.querySelector('form[data-edit-form], form#page-edit-form') || undefined);
            for (const [name, value] of Object.entries(fields)) body.set(name, value);
            body.set('csrfmiddlewaretoken', token);
            const answer = await fetch(url, {method: 'POST', body});
            return answer.status;
        }""",
        [
            way.format(number=number),
            form_token(page),
            {
                "action-publish": "1",
                "new_title": "副本",
                "new_slug": "fu-ben",
                "new_parent_page": "4",
                "publish_copies": "on",
            },
        ],
    )
    assert answer < 500
    page.goto(f"/admin/pages/{number}/history/")
    live = site.manage(
        "shell",
        "-v0",
        "-c",
        "from wagtail.models import Page;"
        "print(list(Page.objects.filter(live=True, title__in=['关于自己发布的公告', '副本'])))",
    )
    assert live.stdout.strip() == "[]"
