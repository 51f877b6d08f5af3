"""A cadre reads a text to its end on a phone, and the desk confirms it; every screen fits every width."""

import os
import re
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from suite.background.domain.lifecycle import work_on
from tests.browser import fits
from tests.training.reading import staging
from tests.training.videos.files import webm_video
from training.domain.lifecycle import videos
from training.models import ReadingConfirmation, SheetShown, Video

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def room(transactional_db):
    return staging.Room()


def film_of(room, seconds):
    """A video that Chromium plays."""
    content = webm_video(seconds=seconds)
    video = videos.keep_whole("演练", "a.webm", [content], len(content), room.clerk.user)
    work_on(Video, video.pk, video.turn)
    return Video.objects.get(pk=video.pk)


def test_the_end_in_sight_is_noted_and_the_list_confirms_and_screens_fit(room, live_server, window):
    today = timezone.localdate()
    cadre = room.person("田野", "cadre", unit=room.office)
    room.person("白露", "cadre", unit=room.centre)
    text = room.material("保密工作六条提醒", lines=80)
    slides = room.material("防汛课件", sheets=3)
    made = room.ask(text, today + staging.ONE_DAY, roles=["cadre"])
    room.ask(slides, today + 2 * staging.ONE_DAY, people=[cadre])
    mine, state = reverse("training_reading_mine"), reverse("training_reading_state")
    office = [
        state,
        reverse("training_reading_asked"),
        reverse("training_reading_ask"),
        reverse("training_reading_requirement", args=[made.pk]),
        reverse("training_reading_material", args=[text.pk]),
        reverse("training_reading_unit", args=[room.office.pk]),
        reverse("training_reading_person", args=[cadre.pk]),
    ]
    phone = window(cadre.user, 390, 800)
    phone.goto(mine)
    kept(phone, "mine")
    expect(phone.get_by_role("button", name="我已学完")).to_have_count(0)
    phone.goto(text.url)
    phone.wait_for_load_state("networkidle")
    with phone.expect_response(lambda answer: answer.url.endswith(f"/{text.pk}/end/")):
        phone.evaluate("document.querySelector('[data-end]').scrollIntoView()")
    kept(phone, "end")
    phone.goto(mine)
    fits(phone)
    kept(phone, "mine-seen")
    phone.get_by_role("button", name="我已学完 保密工作六条提醒").click()
    expect(phone.get_by_text("已确认：您学完了《保密工作六条提醒》。")).to_be_visible()
    for width in (320, 390, 1280):
        screen = window(room.clerk.user, width)
        for number, address in enumerate(office):
            screen.goto(address)
            fits(screen)
            kept(screen, f"office-{number}-{width}")
    assert [one.numbers for one in SheetShown.objects.filter(version__material=text)] == [[0]]
    assert ReadingConfirmation.objects.get().person == cadre


PLAY = """async ([from, to]) => {
    const video = document.querySelector("video");
    if (video.readyState < 1) await new Promise((done) => video.addEventListener("loadedmetadata", done));
    video.muted = true;
    video.playbackRate = 4;
    video.currentTime = from;
    await video.play();
    await new Promise((done) => {
        video.addEventListener("ended", done);
        video.addEventListener("timeupdate", () => video.currentTime >= to && (video.pause(), done()));
    });
}"""


def test_a_video_is_watched_in_two_visits_and_confirmed_when_all_of_it_was_played(room, live_server, window):
    cadre = room.person("田野", "cadre", unit=room.office)
    film = room.material("防汛演练", lines=30, video=film_of(room, 12))
    room.ask(film, timezone.localdate() + staging.ONE_DAY, people=[cadre])
    address = film.url

    def phone(**options):
        page = window(cadre.user, height=800, **options)
        page.goto(address)
        return page

    page = phone()
    confirm = page.get_by_role("button", name="我已学完")
    expect(confirm).to_be_disabled()
    expect(page.get_by_text("看完视频以后，可以在这里确认。")).to_be_visible()
    expect(page.get_by_text("视频已看0%")).to_be_visible()
    page.evaluate(PLAY, [0, 5])
    expect(page.get_by_text(re.compile("视频已看(4|5)[0-9]%"))).to_be_visible()
    fits(page)
    kept(page, "video-half")
    expect(confirm).to_be_disabled()
    page.reload()
    expect(page.get_by_text(re.compile("视频已看(4|5)[0-9]%"))).to_be_visible()
    expect(confirm).to_be_disabled()

    plain = phone(scripts=False)
    expect(plain.get_by_text("视频长12秒，请看完。第一次打开本页6秒后才能确认。")).to_be_visible()
    fits(plain)
    kept(plain, "video-plain")
    # One whose video does not come is not kept from confirming by the script: the server's rule holds.
    broken = phone(service_workers="block")
    broken.route("**/play", lambda route: route.abort())
    broken.reload()
    expect(broken.get_by_role("button", name="我已学完")).to_be_enabled()

    page.evaluate(PLAY, [4, 12])
    expect(page.locator("#reading-video")).to_have_text("视频已看完。", timeout=15_000)
    fits(page)
    kept(page, "video-whole")
    confirm.click()
    expect(page.get_by_text("已确认：您学完了《防汛演练》。")).to_be_visible()
    page.goto(address)
    expect(page.get_by_text("确认学过第1版。")).to_be_visible()
    fits(page)
    assert ReadingConfirmation.objects.get().person == cadre


def kept(page, name):
    """A picture for whoever wants to look (READING_PICTURES names a folder)."""
    if folder := os.environ.get("READING_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
