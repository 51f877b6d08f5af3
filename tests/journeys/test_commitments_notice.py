"""A served notice on a phone: read, acknowledged, answered with a file, checked, closed; for others it is not there."""

import re

from playwright.sync_api import expect

from tests.browser import fits

SCENE = "from tests.journeys.notice_scene import approved; print(approved('沈渡', '{0}'))"
PASSWORD = "石桥镇的路灯2026"
PICTURE = {
    "name": "路灯.pdf",
    "mimeType": "application/pdf",
    "buffer": b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
}


def test_a_notice_is_acknowledged_and_answered_on_a_phone_and_closed_by_the_office(site, signed_in):
    address = site.manage("shell", "-v0", "-c", SCENE.format(PASSWORD)).stdout.strip().splitlines()[-1]
    site.passwords["journey-沈渡"] = PASSWORD
    page = signed_in("journey-沈渡", width=360, javascript=False)
    fits(page)
    page.get_by_role("link", name="阅读并签收发给您的责任通知书").click()
    expect(page).to_have_url(re.compile(f"{address}$"))
    expect(page.get_by_text("两处路灯到期没有亮。请说明原因和何时修好。")).to_be_visible()
    fits(page)
    page.get_by_role("link", name="签收").click()
    fits(page)
    page.get_by_role("button", name="签收").click()
    page.goto("/desk/")
    page.get_by_role("link", name="答复发给您的责任通知书").click()
    page.get_by_role("link", name="书面答复").click()
    page.get_by_role("button", name="书面答复").click()
    expect(page.get_by_role("alert")).to_be_visible()
    fits(page)
    page.get_by_label("您的答复").fill("供电所缺灯头，5日到货，6日装好。")
    page.get_by_label("佐证图片和文件").set_input_files(PICTURE)
    page.get_by_role("button", name="书面答复").click()
    expect(page.get_by_role("link", name="路灯.pdf")).to_be_visible()
    fits(page)

    office = signed_in("efficiency_office")
    office.get_by_role("link", name=re.compile("^核查沈渡的答复")).click()
    expect(office.get_by_text("供电所缺灯头，5日到货，6日装好。")).to_be_visible()
    file = office.get_by_role("link", name="路灯.pdf").get_attribute("href")
    assert office.request.get(file).body() == PICTURE["buffer"]
    office.get_by_role("link", name="通知书结案").click()
    office.get_by_label("核查情况").fill("6日到现场看，两处都亮了。")
    office.get_by_role("button", name="通知书结案").click()
    expect(office.get_by_text("6日到现场看，两处都亮了。")).to_be_visible()

    page.goto(address)
    expect(page.get_by_text("6日到现场看，两处都亮了。")).to_be_visible()
    expect(page.get_by_role("link", name="书面答复")).to_have_count(0)
    for other in ("cadre", "supervisor", "editor"):
        stranger = signed_in(other)
        assert [stranger.request.get(one).status for one in (address, file)] == [404, 404]
