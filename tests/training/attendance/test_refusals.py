"""What the page says to which the QR leads: to who keeps no cookies, to who comes with a code of before."""

from django.test import Client
from django.urls import reverse

from tests.reading import text
from tests.training.attendance import staging
from training.domain.attendance import codes
from training.models import Attendance


def token(here, now=staging.NINE):
    found = codes.code_at(here.session, codes.step_at(now)).token
    return reverse("training_attend_token", args=[here.session.public_id, found])


def signed_in(here):
    client = Client()
    client.force_login(here.users.first)
    return client


def test_a_browser_that_keeps_no_cookies_is_told_what_to_allow(here):
    staging.opened(here)
    page = signed_in(here).post(token(here))
    assert "您的浏览器不保存 Cookie。请允许本站使用 Cookie，再试一次。" in text(page)
    assert not Attendance.objects.exists()


def test_a_code_of_before_shows_at_once_that_it_counts_no_more(here, time):
    staging.opened(here)
    client, old = signed_in(here), token(here)
    assert "这个签到码已失效。" not in text(client.get(old))
    time.go(minutes=5)
    late = text(signed_in(here).get(old))
    assert "这个签到码已失效。请扫描屏幕上现在的二维码，或者输入六位数字。" in late
