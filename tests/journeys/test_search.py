"""A villager on a small screen looks for a certificate in Traditional script and reads it."""

import re

from playwright.sync_api import expect


def test_a_villager_searches_in_traditional_script_and_reads(visitor):
    page = visitor(width=360)
    page.goto("/")
    page.get_by_role("combobox").first.fill("殘疾證")
    page.keyboard.press("Enter")
    hits = page.locator("article.result")
    expect(hits.first).to_be_visible()
    expect(hits.first.locator("mark").first).to_have_text(re.compile("残疾"))
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    hits.first.get_by_role("link").first.click()
    expect(page.locator("main h1")).to_be_visible()
    # The office's synonyms lead to what the law calls it.
    expect(page.locator("main")).to_contain_text(re.compile("残疾人?证"))


def test_both_scripts_find_the_same_hits_in_the_same_order_without_scripts_of_the_page(visitor):
    page = visitor(width=320, javascript=False)

    def titles(words):
        page.goto("/")
        page.get_by_role("searchbox").first.fill(words)
        page.keyboard.press("Enter")
        page.wait_for_url("**/search/?**")
        return page.locator("article.result h2, article.result h3").all_inner_texts()

    for simplified, traditional in (("残疾证", "殘疾證"), ("临时救助", "臨時救助")):
        assert titles(simplified) == titles(traditional) != []
