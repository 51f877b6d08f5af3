"""The trainer's screen in one window, telephones in others: the code is typed, the QR's address followed."""

import pytest
import segno
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser import fits
from tests.training.attendance import staging
from tests.training.attendance.staging import code, enrol
from training.domain.attendance import codes
from training.models import Attendance

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def room(transactional_db, time):
    here = staging.township()
    enrol(here.session, here.first)
    enrol(here.session, name="林木森", village=here.upper)
    return here


def test_codes_are_shown_typed_scanned_and_worth_nothing_later(room, time, live_server, window):
    digits, taken = reverse("training_attend"), reverse("training_attendance", args=[room.session.pk])
    trainer = window(room.users.trainer, 390)
    trainer.goto(taken)
    fits(trainer)
    trainer.get_by_role("button", name="开放签到并显示签到码").click()
    shown = trainer.locator("[data-digits]")
    expect(shown).to_have_text(f"{code(room.session)[:3]} {code(room.session)[3:]}")
    fits(trainer)
    photographed = shown.inner_text()

    # Somebody at home types it from a picture, 41 seconds later; the screen has gone on without loading again.
    trainer.evaluate("document.body.dataset.same = 'page'")
    time.go(seconds=41)
    typed = window(room.users.first, 320, scripts=False)
    typed.goto(digits)
    fits(typed)
    typed.get_by_label("屏幕上的六位数字").fill(photographed)
    typed.get_by_role("button", name="我已到场").click()
    expect(typed.get_by_text("这个签到码已过期：每个签到码最多有效40秒。")).to_be_visible()
    fits(typed)
    now = code(room.session, time.now)
    expect(shown).to_have_text(f"{now[:3]} {now[3:]}", timeout=10_000)
    typed.get_by_label("屏幕上的六位数字").fill(shown.inner_text())
    typed.get_by_role("button", name="我已到场").click()
    expect(typed.get_by_role("status")).to_have_text("已登记到场。")
    fits(typed)

    # What the picture on the screen leads to.
    token = codes.code_at(room.session, codes.step_at(time.now)).token
    address = live_server.url + reverse("training_attend_token", args=[room.session.public_id, token])
    drawn = segno.make(address, error="l", micro=False).svg_inline(border=3, omitsize=True)
    path = trainer.locator("[data-qr] path[stroke]").get_attribute("d")
    assert f'd="{path}"' in drawn
    scanned = window(room.users.second, 320)
    scanned.goto(address)
    fits(scanned)
    scanned.get_by_role("button", name="我已到场").click()
    expect(scanned.get_by_role("status")).to_have_text("已登记到场。")
    fits(scanned)

    expect(trainer.locator("[data-present]")).to_have_text("2", timeout=10_000)
    assert trainer.evaluate("document.body.dataset.same") == "page"
    trainer.goto(taken)
    trainer.get_by_role("button", name="林木森").click()
    expect(trainer.get_by_role("heading", name="到场名单")).to_contain_text("已登记3人，其中用签到码2人")
    fits(trainer)
    assert list(Attendance.objects.values_list("name", "way")) == [
        ("祁志强", "code"), ("方旭", "code"), ("林木森", "trainer"),
    ]  # fmt: skip


def test_a_server_that_is_being_restarted_does_not_take_the_code_off_the_screen(room, time, live_server, window):
    trainer = window(room.users.trainer, 1280)
    trainer.goto(reverse("training_attendance", args=[room.session.pk]))
    trainer.get_by_role("button", name="开放签到并显示签到码").click()
    shown = trainer.locator("[data-digits]")
    expect(shown).to_have_text(f"{code(room.session)[:3]} {code(room.session)[3:]}")
    trainer.route("**/*", lambda route: route.fulfill(status=502, body="Bad Gateway"))
    for _ in range(2):
        with trainer.expect_response(lambda answer: answer.status == 502):
            pass
    trainer.unroute("**/*")
    time.go(seconds=41)
    now = code(room.session, time.now)
    expect(shown).to_have_text(f"{now[:3]} {now[3:]}", timeout=10_000)
