"""A villager finds nothing; the editor sees it, says what it means, and the same question finds the page."""

import re

from playwright.sync_api import expect


def asked(page, words):
    page.goto("/")
    page.locator("main input[name=q]").first.fill(words)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?**")


def test_an_editor_teaches_the_search_what_a_question_without_hits_means(visitor, signed_in):
    villager = visitor(width=320)
    asked(villager, "旋耕机")
    expect(villager.locator("main")).to_contain_text("没有找到与“旋耕机”有关的内容。")
    expect(villager.get_by_role("heading", name="也可以从这里找")).to_be_visible()
    assert villager.evaluate("document.documentElement.scrollWidth") == 320

    editor = signed_in("editor")
    editor.goto("/admin/")
    editor.get_by_role("button", name="搜索用词").click()
    editor.get_by_role("link", name="没有结果的搜索").click()
    row = editor.locator("tr", has_text="旋耕机")
    expect(row).to_contain_text("待处理")
    row.get_by_role("link", name="旋耕机").click()
    expect(editor.locator("main")).to_contain_text("仍然没有")
    editor.get_by_role("link", name="添加同义词").click()
    words = editor.locator("[name=words]")
    expect(words).to_have_value("旋耕机、")
    words.press("End")
    words.press_sequentially("农机")
    editor.get_by_role("button", name="添加同义词").click()
    expect(editor.locator("main")).to_contain_text("已处理")
    expect(editor.get_by_role("link", name=re.compile(r"\d+ 个页面"))).to_be_visible()

    asked(villager, "旋耕机")
    expect(villager.locator("article.result").first).to_contain_text("农机购置与应用补贴申请")


def test_an_editor_starts_the_guide_that_was_asked_for(signed_in):
    editor = signed_in("editor")
    editor.goto("/admin/search/miss/?q=奶粉")
    editor.locator("main").get_by_role("link", name="奶粉", exact=True).click()
    editor.get_by_role("link", name="写一篇办事指南").click()
    expect(editor.locator("#id_title")).to_have_value("奶粉")
