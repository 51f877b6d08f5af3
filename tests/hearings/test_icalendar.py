"""The days of the hearings in a calendar."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from hearings.domain.lifecycle import hearings
from tests.hearings.staging import announced, planned, township


@pytest.mark.django_db
def test_the_feed_holds_public_hearings_and_says_which_are_called_off(client):
    cache.clear()
    made = township()
    announced(made)
    off = announced(made, title="第二次听证会", topic="垃圾一周才清一次")
    planned(made, title="还没有公告", topic="村道坑洼")
    hearings.cancel(off, "台风", made.people.office)
    answer = client.get(reverse("hearings_calendar"))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    lines = answer.content.decode().replace("\r\n ", "").split("\r\n")
    assert [line for line in lines if line.startswith(("SUMMARY", "STATUS", "SEQUENCE"))] == [
        "SEQUENCE:1",
        "STATUS:CONFIRMED",
        "SUMMARY:2026年下半年第一次效能听证会",
        "SEQUENCE:2",
        "STATUS:CANCELLED",
        "SUMMARY:【已取消】第二次听证会",
    ]
    assert "DESCRIPTION:原因：台风\\n村道路灯和自来水。" in lines
