"""Uploading and watching in real Chromium, on a line that breaks and in a window that is closed."""

from urllib.parse import urlsplit

import pytest
from django.test import Client
from playwright.sync_api import expect

from suite.background.domain.lifecycle import work_on
from tests.browser import fits, static_file
from tests.training.videos.files import webm_video
from training.models import Video
from training.views import video_files

# The browser calls the views over a connection of their own: what tests write has to be committed.
pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]
PASSED_ON = ("accept", "content-type", "range", "x-csrftoken")
SOON = {"timeout": 15_000}


class Browser:
    """Chromium whose requests Django answers. ``breaks``: parts after which the line is down until it is mended."""

    def __init__(self, window, user):
        self.client = Client()
        self.client.force_login(user)
        self.parts, self.breaks, self.ranges = 0, None, []
        self.page = window(height=800, answer=self.answer)
        self.context = self.page.context

    def answer(self, route):
        request, parts = route.request, urlsplit(route.request.url)
        if static_file(route):
            return None
        if self.breaks is not None and self.parts >= self.breaks:
            return route.abort()
        headers = {
            name: value for name, value in request.headers.items() if name in PASSED_ON or name.startswith("upload-")
        }
        kind = headers.pop("content-type", "text/html")
        if "range" in headers:
            self.ranges.append(headers["range"])
        response = self.client.generic(
            request.method, parts.path, request.post_data_buffer or b"", content_type=kind, headers=headers
        )
        self.parts += request.method == "PATCH" and response.status_code == 204
        body = b"".join(response.streaming_content) if response.streaming else response.content
        route.fulfill(status=response.status_code, headers=dict(response.headers), body=body)


@pytest.fixture
def browser(window, editor):
    return Browser(window, editor)


@pytest.fixture
def film(tmp_path):
    """Some megabytes that Chromium plays: 24 seconds of coloured noise."""
    path = tmp_path / "演练.webm"
    path.write_bytes(webm_video(seconds=24, size=(640, 360), noise=True))
    return path


def choose(page, film):
    page.get_by_label("标题").fill("防汛演练")
    page.get_by_label("视频文件").set_input_files(film)


def test_a_broken_line_and_a_closed_window_cost_no_part_that_is_here(browser, film, queued):
    page = browser.page
    page.goto("/desk/training/videos/new/")
    fits(page)
    choose(page, film)
    browser.breaks = 2
    page.get_by_role("button", name="上传", exact=True).click()
    expect(page.locator("#upload-text")).to_have_text("网络断了。已传的部分不会丢，网络恢复后自动继续。", **SOON)
    fits(page)
    expect(page.get_by_role("button", name="暂停")).to_be_visible()
    expect(page.get_by_role("button", name="继续")).to_be_hidden()
    video = Video.objects.get()
    assert 0 < video.received < video.size
    # The line is mended for one part, then the window is closed.
    before = page.locator("progress").get_attribute("value")
    browser.breaks = 3
    page.wait_for_function("before => document.querySelector('progress').value > Number(before)", arg=before, **SOON)
    page.close(run_before_unload=False)
    received = Video.objects.get().received
    assert received > video.received
    browser.breaks = None
    page = browser.page = browser.context.new_page()
    page.goto("/desk/training/videos/")
    page.get_by_role("link", name="防汛演练").click()
    page.get_by_label("请重新选择同一个文件（演练.webm）").set_input_files(film)
    fits(page)
    page.get_by_role("button", name="继续上传").click()
    expect(page.get_by_text("检查中")).to_be_visible(**SOON)
    assert Video.objects.get().path.read_bytes() == film.read_bytes()


def test_what_is_too_large_is_refused_before_a_byte_is_sent(browser, tmp_path):
    page = browser.page
    page.goto("/desk/training/videos/new/")
    huge = tmp_path / "huge.mp4"
    with huge.open("wb") as file:
        # Two gigabytes of nothing take no room on the disk.
        file.truncate(2048 * 1024 * 1024)
    choose(page, huge)
    page.get_by_role("button", name="上传", exact=True).click()
    said = "这个视频有 2048 MB，最多只收 500 MB：请降低清晰度另存（720p 就够），或分成几段。"
    expect(page.get_by_role("alert").filter(has_text="2048")).to_have_text(said)
    assert not Video.objects.exists()


def test_another_file_is_not_mixed_into_the_one_that_was_begun(browser, film, tmp_path, queued):
    page = browser.page
    page.goto("/desk/training/videos/new/")
    choose(page, film)
    browser.breaks = 1
    page.get_by_role("button", name="上传", exact=True).click()
    expect(page.locator("#upload-text")).to_have_text("网络断了。已传的部分不会丢，网络恢复后自动继续。", **SOON)
    page.close(run_before_unload=False)
    browser.breaks = None
    other = tmp_path / "other.webm"
    other.write_bytes(bytes(reversed(film.read_bytes())))
    page = browser.page = browser.context.new_page()
    page.goto(f"/desk/training/videos/{Video.objects.get().pk}/")
    page.get_by_label("请重新选择同一个文件").set_input_files(other)
    page.get_by_role("button", name="继续上传").click()
    said = "这不是之前开始上传的那个文件：请选择原来的文件，或把这个文件作为新视频上传。"
    expect(page.get_by_role("alert").filter(has_text="不是")).to_have_text(said, **SOON)


def test_what_a_proxy_says_in_english_is_told_in_chinese(browser, film):
    page = browser.page
    page.goto("/desk/training/videos/new/")
    choose(page, film)
    refusal = page.locator("[data-upload-refusal]")
    browser.breaks = 0
    page.get_by_role("button", name="上传", exact=True).click()
    expect(refusal).to_have_text("网络断了：请在网络恢复后重试。", **SOON)
    browser.breaks = None
    page.route("**/begin/", lambda route: route.fulfill(status=413, body="<h1>413 Request Entity Too Large</h1>"))
    page.get_by_role("button", name="上传", exact=True).click()
    said = "服务器应答异常（413）：请过几分钟再试；还不行，请把这个数字告诉系统管理员。"
    expect(refusal).to_have_text(said, **SOON)


def test_chromium_plays_it_in_portions_and_jumps(browser, film, upload, monkeypatch):
    monkeypatch.setattr(video_files, "PORTION", 256 * 1024)
    video = upload(film.read_bytes(), name="演练.webm")
    browser.page.goto(f"/desk/training/videos/{video.pk}/")
    fits(browser.page)
    duration = browser.page.evaluate(
        """async () => {
            const video = document.querySelector("video");
            const until = (name) => new Promise((done) => video.addEventListener(name, done, { once: true }));
            if (video.readyState < 1) await until("loadedmetadata");
            video.muted = true;
            const seeked = until("seeked");
            video.currentTime = 20;
            await seeked;
            const ended = until("ended");
            video.playbackRate = 4;
            await video.play();
            await ended;
            return [Math.round(video.duration), video.videoWidth, video.error];
        }"""
    )
    assert duration == [24, 640, None]
    # More was asked for than a portion holds, and asked for again.
    assert len(set(browser.ranges)) > 1


def test_captions_that_are_being_written_stay_when_the_check_of_the_video_ends(browser, upload, queued):
    video, page = upload(webm_video(seconds=2), name="演练.webm", checked=False), browser.page
    page.goto(f"/desk/training/videos/{video.pk}/")
    expect(page.locator("#work-text")).to_be_visible()
    page.evaluate("document.body.dataset.same = 'page'")
    page.get_by_label("字幕文字").fill("WEBVTT\n\n00:00.000 --> 00:01.000\n大家好")
    work_on(*queued[-1])
    for _ in range(2):
        with page.expect_response("**/progress/"):
            pass
    assert page.evaluate("document.body.dataset.same") == "page"
    page.get_by_role("button", name="保存字幕").click()
    expect(page.locator("main")).to_contain_text("已保存1条字幕", **SOON)
    assert Video.objects.get().state == "ready"
