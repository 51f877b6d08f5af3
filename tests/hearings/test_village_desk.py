"""What liaisons, publicists and agents do from their phones."""

import datetime
import io

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from hearings.domain.lifecycle import topics
from hearings.models import Hearing, HearingTheme, Notice, Posting, Representative, Topic
from suite.hooks import collect
from tests.hearings.staging import announced, planned, township
from tests.reading import Elements, text

pytestmark = pytest.mark.django_db
ID_NUMBER = "11010519491231002X"


@pytest.fixture
def made():
    cache.clear()
    return township()


@pytest.fixture
def phone(client, made):
    """The liaison's phone."""
    client.force_login(made.people.liaison)
    return client


def photo():
    file = io.BytesIO()
    Image.new("RGB", (8, 8), "green").save(file, "JPEG")
    return SimpleUploadedFile("lamp.jpg", file.getvalue(), "image/jpeg")


def problem(made, **changes):
    return {
        "title": "水塘边的路没有路灯",
        "text": "晚上看不见路，有老人摔过。",
        "village": str(made.villages[0].pk),
        "concerned": "30",
        "wish": "装两盏灯",
        "theme": "",
        "raised_by": "钱阿福",
        "raised_by_phone": "13800000001",
        "seen": "",
        **changes,
    }


def known(made, title="水塘边那条路晚上没有路灯", village=2, **changes):
    return topics.report(
        Topic(title=title, text="天黑看不见。", village=made.villages[village], concerned=10, **changes),
        made.people.office,
    )


REPORT = "hearings_village_report"


def test_a_liaison_reports_a_problem_with_a_photo_and_sees_what_became_of_it(phone, made):
    theme = HearingTheme.objects.create(name="道路")
    answer = phone.post(reverse(REPORT), problem(made, theme=theme.pk) | {"photo": photo()}, follow=True)
    topic = Topic.objects.get()
    assert (topic.village.name, topic.concerned, topic.theme, topic.reported_by) == (
        "上塘村", 30, theme, made.people.liaison,
    )  # fmt: skip
    assert topic.photo.title == "水塘边的路没有路灯"
    assert "正等效能办处理" in text(answer)
    topics.answer(topic, "本月装好。", made.unit, made.people.office)
    words = text(phone.get(reverse("hearings_village_topic", args=[topic.pk])))
    assert "党政办公室于" in words
    assert "本月装好。" in words
    assert "水塘边的路没有路灯" in text(phone.get(reverse("hearings_village")))


def test_similar_ones_are_asked_about_once_before_anything_is_stored(phone, made):
    other = known(made)
    asked = phone.post(reverse(REPORT), problem(made))
    assert "是不是下面这些事？" in text(asked)
    assert "水塘边那条路晚上没有路灯 柳岸村" in text(asked)
    assert Topic.objects.count() == 1
    seen = [attrs["value"] for _tag, attrs in Elements(asked.content.decode()).all("input") if attrs["name"] == "seen"]
    assert seen == [str(other.pk)]
    phone.post(reverse(REPORT), problem(made, seen=seen[0]))
    assert Topic.objects.count() == 2


def test_the_list_for_the_script_names_nobody(phone, made):
    known(made, raised_by="钱阿福", raised_by_phone="13800000001")
    answer = phone.get(reverse("hearings_village_similar"), {"title": "水塘边的路没有路灯"})
    words = answer.content.decode()
    assert "水塘边那条路晚上没有路灯" in words
    assert "钱阿福" not in words
    assert "13800000001" not in words
    assert phone.get(reverse("hearings_village_similar"), {"title": "垃圾"}).content.decode().strip() == ""


def test_a_village_one_does_not_serve_is_refused_and_what_was_typed_stays(phone, made):
    answer = phone.post(reverse(REPORT), problem(made, village=str(made.villages[2].pk)))
    assert answer.status_code == 422
    assert answer.content.decode().count("这个村不由您服务，请从您服务的村里选。") == 2
    assert "装两盏灯</textarea>" in answer.content.decode()
    assert Topic.objects.count() == 0


def test_who_serves_one_village_has_it_chosen_already(client, made):
    client.force_login(made.people.publicist)
    html = client.get(reverse(REPORT)).content.decode()
    (chosen,) = [
        attrs["value"] for _tag, attrs in Elements(html).all("option") if "selected" in attrs and attrs["value"]
    ]
    assert chosen == str(made.villages[2].pk)


@pytest.mark.parametrize("field", ["title", "text", "wish", "raised_by"])
def test_an_id_number_in_a_topic_is_refused_and_never_shown_again(phone, made, field):
    answer = phone.post(reverse(REPORT), problem(made, **{field: f"钱阿福{ID_NUMBER}"}))
    assert answer.status_code == 422
    assert ID_NUMBER[:6] not in answer.content.decode()
    assert Topic.objects.count() == 0


def test_a_file_that_is_no_picture_is_refused(phone, made):
    file = SimpleUploadedFile("a.jpg", b"<svg onload=alert(1)>", "image/jpeg")
    assert phone.post(reverse(REPORT), problem(made) | {"photo": file}).status_code == 422


def test_one_sees_ones_own_topics_only(phone, made):
    assert phone.get(reverse("hearings_village_topic", args=[known(made).pk])).status_code == 404


def test_an_agent_reports_nothing_and_a_villager_is_asked_to_sign_in(client, made):
    assert client.get(reverse(REPORT)).status_code == 302
    client.force_login(made.people.agent)
    assert client.get(reverse(REPORT)).status_code == 403
    assert client.get(reverse("hearings_village")).status_code == 200


def test_a_sign_up_on_paper_is_keyed_in_for_a_village_one_serves(phone, made):
    hearing = announced(made)
    address = reverse("hearings_village_key_in", args=[hearing.pk])
    typed = {"name": "王建国", "village": str(made.villages[0].pk), "phone": "0571-8800 1234", "problem": ""}
    answer = phone.post(address, typed, follow=True)
    one = Representative.objects.get()
    assert (one.source, one.entered_by, one.phone) == ("paper", made.people.liaison, "057188001234")
    assert f"王建国已报名。回执上请写报名编码：{one.code}" in text(answer)
    assert phone.post(address, typed).status_code == 422


def test_an_agent_keys_in_only_for_the_village_served(client, made):
    hearing = announced(made)
    client.force_login(made.people.agent)
    address = reverse("hearings_village_key_in", args=[hearing.pk])
    assert "下塘村" not in text(client.get(address))
    typed = {"name": "王建国", "village": str(made.villages[1].pk), "phone": "13800000001", "problem": ""}
    assert client.post(address, typed).status_code == 422
    assert Representative.objects.count() == 0


def test_sign_ups_are_offered_where_a_village_served_has_seats(client, made):
    hearing = announced(made)
    offered = {}
    for name in ("liaison", "publicist"):
        client.force_login(getattr(made.people, name))
        page = client.get(reverse("hearings_village")).content.decode()
        offered[name] = reverse("hearings_village_key_in", args=[hearing.pk]) in page
    assert offered == {"liaison": True, "publicist": False}


def test_what_has_to_be_hung_is_listed_and_recorded_with_who_signs(phone, made):
    hearing = planned(made)
    overview = reverse("hearings_village")
    assert "还没有张贴： 上塘村、下塘村" in text(phone.get(overview))
    Notice.objects.update(made_at=timezone.now() - datetime.timedelta(hours=1))
    now = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    typed = {"village": made.villages[0].pk, "kind": "poster", "place": "村委会门口"}
    typed |= {"posted_at": now, "signed_by": "王建国"}
    answer = phone.post(reverse("hearings_village_posted", args=[hearing.pk]), typed | {"photo": photo()}, follow=True)
    posting = Posting.objects.get()
    assert (posting.place, posting.signed_by, posting.recorded_by) == ("村委会门口", "王建国", made.people.liaison)
    assert posting.photo is not None
    assert "还没有张贴： 下塘村" in text(answer)


def test_a_posting_in_the_future_is_refused_beside_its_field_and_keeps_no_photo(phone, made):
    from wagtail.images import get_image_model

    hearing = planned(made)
    later = (timezone.localtime() + datetime.timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    typed = {
        "village": made.villages[0].pk, "kind": "poster", "place": "村委会门口", "posted_at": later, "signed_by": "王",
    }  # fmt: skip
    answer = phone.post(reverse("hearings_village_posted", args=[hearing.pk]), typed | {"photo": photo()})
    assert "id_posted_at_error" in answer.content.decode()
    assert (Posting.objects.count(), get_image_model().objects.count()) == (0, 0)


def test_the_desk_asks_for_each_village_where_the_notice_does_not_hang_and_its_form_has_that_village(phone, made):
    hearing = planned(made)
    items = [item for item in collect("desk_items", made.people.liaison) if item.key.startswith("hearings.hang")]
    assert [str(item.title) for item in items] == [
        "在上塘村张贴“2026年下半年第一次效能听证会”的公告",
        "在下塘村张贴“2026年下半年第一次效能听证会”的公告",
    ]
    last = timezone.localdate(hearing.starts_at) - datetime.timedelta(days=8)
    end_of_day = timezone.make_aware(datetime.datetime.combine(last, datetime.time.max))
    assert {item.due for item in items} == {end_of_day}
    assert [item for item in collect("desk_items", made.people.office) if item.key.startswith("hearings.hang")] == []
    html = phone.get(items[1].url).content.decode()
    chosen = [attrs["value"] for _tag, attrs in Elements(html).all("option") if "selected" in attrs]
    assert chosen == [str(made.villages[1].pk)]


@pytest.mark.parametrize(
    ("state", "days", "reason"),
    [
        ("planned", 8, "您服务这个村。过了这一天，公告的天数就不够了。"),
        (
            "planned",
            7,
            "您服务这个村。及时张贴的最后一天已过：请联系效能办，各村都没有张贴的，由效能办延期或取消听证会。",
        ),
        ("notified", 8, "您服务这个村。听证会已公告，不上网的村民要看公告栏。"),
        ("notified", 7, "您服务这个村。及时张贴的最后一天已过：请今天补贴，让村民仍能看到。"),
    ],
)
def test_the_notice_is_due_when_it_can_last_be_hung_in_time_and_the_desk_says_what_to_do_later(
    made, state, days, reason
):
    hearing = planned(made)
    starts_at = timezone.localtime().replace(hour=14, minute=30) + datetime.timedelta(days=days)
    Hearing.objects.filter(pk=hearing.pk).update(starts_at=starts_at, state=state)
    items = [item for item in collect("desk_items", made.people.liaison) if item.key.startswith("hearings.hang")]
    last = timezone.localdate() + datetime.timedelta(days=days - 8)
    assert {(timezone.localtime(item.due).date(), str(item.reason)) for item in items} == {(last, reason)}


def test_the_desk_leads_there(made):
    def links(user):
        ours = reverse("hearings_village")
        return [str(link.title) for link in collect("desk_links", user) if link.url.startswith(ours)]

    assert {name: links(getattr(made.people, name)) for name in ("liaison", "agent", "checker")} == {
        "liaison": ["上报问题", "我服务村的听证事项"],
        "agent": ["我服务村的听证事项"],
        "checker": [],
    }


def test_more_topics_and_hearings_cost_no_more_queries(phone, made):
    def count():
        with CaptureQueriesContext(connection) as seen:
            assert phone.get(reverse("hearings_village")).status_code == 200
        return len(seen)

    phone.get(reverse("hearings_village"))
    empty = count()
    planned(made)
    topics.report(Topic(title="第0件", text="文", village=made.villages[0], concerned=1), made.people.liaison)
    few = count()
    for number in range(9):
        planned(made, title=f"第{number}次", topic=f"议题{number}")
        topics.report(
            Topic(title=f"第{number}件", text="文", village=made.villages[0], concerned=1), made.people.liaison
        )
    assert count() == few
    assert few - empty <= 15
