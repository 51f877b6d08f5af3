"""From the editor's desk to the public page and its paper; and every way past the others that the admin offers."""

import io
import re

from playwright.sync_api import Page, expect
from pypdf import PdfReader

TEXT = "柳岸村村道路灯本周检修，晚上出行请带手电。"


def open_new_notice(page: Page) -> None:
    page.goto("/admin/pages/")
    for parent in ("首页", "通知公告"):
        page.get_by_role("link", name=f"浏览“{parent}”的子页面").click()
    page.get_by_role("link", name="添加子页面").first.click()
    page.locator("main").get_by_role("link", name="公告").first.click()


def write_notice(page: Page, title: str, text: str = TEXT) -> None:
    open_new_notice(page)
    page.fill("#id_title", title)
    page.locator(".public-DraftEditor-content").first.click()
    page.keyboard.type(text)
    expect(page.locator(".public-DraftEditor-content").first).to_have_text(text)
    page.select_option("#id_responsible_unit", label=unit_label(page))
    handed_over(page, text)


def handed_over(page: Page, text: str) -> None:
    """Wait until the editor of formatted text has handed this to the form, a moment after the last key."""
    there = "text => [...document.querySelectorAll('input[type=hidden]')].some((one) => one.value.includes(text))"
    page.wait_for_function(there, arg=text)


def unit_label(page: Page) -> str:
    labels = page.locator("#id_responsible_unit option").all_inner_texts()
    return next(label for label in labels if "党政办公室" in label)


def press(page: Page, selector: str) -> None:
    """Press a button of the editor's menu, opening the menu first."""
    page.wait_for_load_state()
    button = page.locator(selector).first
    if not button.is_visible():
        page.locator("footer [data-w-dropdown-target=toggle], footer .w-dropdown__toggle").last.click()
    button.click()
    page.wait_for_load_state()


def submit(page: Page) -> None:
    press(page, "[name=action-submit]")
    assert page.locator(".error-message").all_inner_texts() == []
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
    with checker.expect_navigation():
        checker.locator(".modal [type=submit]").click()
    expect(checker.locator(".messages")).to_contain_text(title)

    editor.goto("/desk/")
    expect(editor.locator("main")).to_contain_text("请写明停车的起止日期。")


def test_a_mobile_number_is_named_on_the_form_and_nothing_typed_is_lost(signed_in):
    editor = signed_in("editor")
    write_notice(editor, "关于报名的公告", "报名请打13912345678。")
    press(editor, "[name=action-submit]")
    expect(editor.locator("body")).to_contain_text("139****5678")
    expect(editor.locator("#id_title")).to_have_value("关于报名的公告")
    expect(editor.locator(".public-DraftEditor-content").first).to_contain_text("报名请打13912345678。")


WAYS_PAST_THE_OTHERS = {
    "the publish button of the form": "/admin/pages/{number}/edit/",
    "publishing many at once": "/admin/bulk/wagtailcore/page/publish/?id={number}",
    "passing the check": "/admin/pages/workflow/action/{number}/approve/{stage}/",
    "confirming the check": "/admin/pages/{number}/workflow/confirm/",
    "a copy that is live at once": "/admin/pages/{number}/copy/",
}


def test_an_editor_cannot_pass_their_own_page_in_any_way_the_admin_offers(signed_in, site):
    title = "关于自己审自己的公告"
    page = signed_in("editor")
    write_notice(page, title)
    submit(page)
    page.get_by_role("link", name=title).first.click()
    page.wait_for_url(re.compile(r"/pages/\d+/edit/"))
    number = re.search(r"/pages/(\d+)/edit/", page.url).group(1)
    assert page.locator("[name=action-publish], [data-workflow-action-name]").count() == 0

    stage = asked(site, f"Page.objects.get(pk={number}).current_workflow_task_state.pk")
    for way, address in WAYS_PAST_THE_OTHERS.items():
        status = posted(page, address.format(number=number, stage=stage))
        assert status < 500, way
        assert asked(site, f"list(Page.objects.filter(live=True, title__in=['{title}', '副本']))") == "[]", way
        assert asked(site, f"Page.objects.get(pk={number}).current_workflow_task_state.pk") == stage, way


def asked(site, expression: str) -> str:
    """What the database says."""
    return site.manage("shell", "-v0", "-c", f"from wagtail.models import Page; print({expression})").stdout.strip()


def posted(page: Page, address: str) -> int:
    """Post the form on the page to another address, with every button and field that could publish; the status."""
    return page.evaluate(
        """async (address) => {
            const body = new FormData(document.querySelector('#page-edit-form, form[data-edit-form]') || undefined);
            const token = document.querySelector('[name=csrfmiddlewaretoken]').value;
            const fields = {
                csrfmiddlewaretoken: token, 'action-publish': '1', 'action-workflow-action': '1',
                'workflow-action-name': 'approve', new_title: '副本', new_slug: 'fu-ben', new_parent_page: '4',
                publish_copies: 'on',
            };
            for (const [name, value] of Object.entries(fields)) body.set(name, value);
            return (await fetch(address, {method: 'POST', body})).status;
        }""",
        address,
    )
