"""Required reading as cadres, leaders and the office see it."""

import io
import re

import openpyxl
import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from organisation.enums import ResponsibilityKind
from organisation.models import Responsibility
from suite.desk import DeskItem
from suite.hooks import collect
from suite.periodic.domain.lifecycle import tick
from suite.roles.domain import group
from tests.training.materials.made import kept_slides
from tests.training.reading.staging import FRIDAY, ONE_DAY, TODAY, put
from tests.training.town import leave
from training.domain.lifecycle import reading as lifecycle
from training.domain.materials.versions import current
from training.domain.reading import shown
from training.models import ReadingConfirmation, Requirement, SheetShown


@pytest.fixture
def text(room):
    return room.material()


@pytest.fixture
def signed_in(client):
    """signed_in(person): the client, with that person's account."""

    def sign_in(person):
        client.force_login(person.user)
        return client

    return sign_in


def said(response):
    """The text of the page's main part, without tags and blanks."""
    html = response.content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", " ", main))


def waiting(user):
    return [(item.key, str(item.title), str(item.reason)) for item in collect("desk_items", user) if _ours(item)]


def _ours(item: DeskItem) -> bool:
    return item.key.startswith(("training.read", "training.unread", "training.unreadable"))


def test_what_is_asked_waits_on_the_desk_until_it_is_confirmed(room, text, cadre):
    room.ask(text, people=[cadre], reason="新规定下月执行")
    key = f"training.read:{text.pk}"
    assert waiting(cadre.user) == [(key, "学习《保密须知》并确认", "新规定下月执行")]
    item = next(item for item in collect("desk_items", cadre.user) if item.key == key)
    assert timezone.localtime(item.due).strftime("%Y-%m-%d %H:%M") == "2026-11-06 17:30"
    room.read(cadre, text)
    assert waiting(cadre.user) == []
    room.version(text, what_changed="罚款提高")
    assert waiting(cadre.user) == [
        (key, "重新学习《保密须知》并确认", "您学过第1版，之后有要紧的改动。"),
    ]


def test_who_is_late_waits_on_the_desks_of_the_office_and_of_the_leader(room, text, cadre, time):
    leader = room.person("苏敏", "leader", unit=room.seat)
    Responsibility.objects.create(
        person=leader, unit=room.office, kind=ResponsibilityKind.IN_CHARGE, since=TODAY - ONE_DAY
    )
    room.ask(text, TODAY, people=[cadre, room.person("白露", unit=room.centre)])
    assert [waiting(one.user) for one in (room.clerk, leader)] == [[], []]
    time.go(days=1)
    why = "这些人员的学习情况由您掌握：请提醒他们，或者申请延期。"
    assert waiting(room.clerk.user) == [("training.unread", "2人到期未学", why)]
    assert waiting(leader.user) == [("training.unread", "1人到期未学", why)]


def test_what_is_asked_and_not_published_waits_on_the_desk_of_the_office(room, text, cadre):
    made = room.ask(text, people=[cadre])
    put(text, live=False)
    key = f"training.unreadable:{made.pk}"
    why = "谁也看不到：请重新发布资料，或者撤回任务。"
    assert waiting(room.clerk.user) == [(key, "必读资料《保密须知》没有发布", why)]
    assert waiting(cadre.user) == []


def test_ones_list_shows_how_far_one_is_and_confirms_with_one_tap(room, cadre, signed_in):
    slides = room.material("防汛课件", sheets=2)
    room.ask(slides, people=[cadre])
    client = signed_in(cadre)
    shown.note(cadre, current(slides), 2)
    page = client.get(reverse("training_reading_mine"))
    assert "已看1页，共2页。全部看过后在这里确认。" in said(page)
    assert "我已学完" not in said(page)
    shown.note(cadre, current(slides), 1)
    assert "我已学完" in said(client.get(reverse("training_reading_mine")))
    answer = client.post(reverse("training_reading_confirm", args=[slides.pk]), {"version": "1"}, follow=True)
    assert "已确认：您学完了《防汛课件》。" in said(answer)
    assert "布置给您的都已学完。" in said(answer)
    assert ReadingConfirmation.objects.get().person == cadre


def test_a_refusal_is_told_above_the_list(room, cadre, signed_in):
    slides = room.material("防汛课件", sheets=2)
    room.ask(slides, people=[cadre])
    client = signed_in(cadre)
    for version in ("1", "", "x", "99999999"):
        answer = client.post(reverse("training_reading_confirm", args=[slides.pk]), {"version": version}, follow=True)
        wanted = "这些页您还没有看过：1、2。" if version == "1" else "现在是第1版：请打开，看到最后再确认。"
        assert wanted in said(answer)
    assert not ReadingConfirmation.objects.exists()


def test_a_text_is_confirmed_at_the_end_of_its_page_without_scripts(room, text, cadre, signed_in):
    room.ask(text, people=[cadre])
    client = signed_in(cadre)
    assert "我已学完" not in said(client.get(reverse("training_reading_mine")))
    html = client.get(text.url).content.decode()
    form = html[html.index(f'action="{reverse("training_reading_confirm", args=[text.pk])}"') :]
    token = re.search(r'name="end" value="([^"]+)"', form)[1]
    assert html.index("第一条") < html.index("我已学完")
    answer = client.post(
        reverse("training_reading_confirm", args=[text.pk]), {"version": "1", "end": token}, follow=True
    )
    assert "已确认：您学完了《保密须知》。" in said(answer)
    assert "您已于2026年11月2日确认学过第1版。" in said(client.get(text.url))


def test_a_sheet_counts_when_somebody_looks_at_it_and_not_when_it_is_fetched_ahead(room, cadre, signed_in):
    slides = room.material("防汛课件", sheets=3)
    for number, method, headers in (
        (1, "HEAD", {}),
        (1, "GET", {"Sec-Purpose": "prefetch"}),
        (1, "GET", {"Sec-Purpose": "prefetch;prerender"}),
        (1, "GET", {"Purpose": "prefetch"}),
        (1, "GET", {"X-Moz": "prefetch"}),
        (2, "GET", {"Sec-Fetch-Dest": "document"}),
    ):
        shown.note_view(cadre.user, current(slides), number, method, headers)
    shown.note_view(AnonymousUser(), current(slides), 3, "GET", {})
    leave(room.clerk)
    shown.note_view(room.clerk.user, current(slides), 3, "GET", {})
    assert list(SheetShown.objects.values_list("person", "numbers")) == [(cadre.pk, [2])]


def test_the_pages_of_sheets_count_their_pictures_and_previews_do_not(
    room, draft_material, publish, editors, signed_in
):
    draft = draft_material("防汛课件", kind="slides", file=kept_slides(editors.editor), body=[])
    slides = publish(draft)
    reader = room.person("田野", "cadre")
    room.ask(slides, people=[reader])
    client = signed_in(reader)

    def page(number, **headers):
        return client.get(reverse("training_materials_sheet", args=[slides.pk, number]), headers=headers)

    client.head(reverse("training_materials_sheet", args=[slides.pk, 1]))
    page(1, **{"Sec-Purpose": "prefetch"})
    for number in (1, 2, 3):
        client.get(reverse("training_materials_picture", args=[slides.pk, 1, number]))
    client.get(slides.url)
    assert not SheetShown.objects.exists()
    assert "已看1页，共3页。" in said(page(2))
    assert "接着看第1页" in said(client.get(slides.url))
    assert "已看2页，共3页。" in said(page(1))
    assert "我已学完" in said(page(3))
    client.post(reverse("training_reading_confirm", args=[slides.pk]), {"version": "1"})
    assert ReadingConfirmation.objects.get().person == reader
    client.force_login(editors.editor)
    preview = client.get(reverse("wagtailadmin_pages:view_draft", args=[slides.pk]))
    assert "必读任务" not in preview.content.decode()


def test_the_script_notes_the_end_and_the_list_then_confirms(room, text, cadre, signed_in):
    room.ask(text, people=[cadre])
    client = signed_in(cadre)
    token = shown.end_token(cadre, current(text))
    assert client.get(reverse("training_reading_end", args=[text.pk])).status_code == 405
    assert client.post(reverse("training_reading_end", args=[text.pk]), {"end": "x"}).status_code == 204
    assert not SheetShown.objects.exists()
    assert client.post(reverse("training_reading_end", args=[text.pk]), {"end": token}).status_code == 204
    assert SheetShown.objects.get().numbers == [0]
    assert "我已学完" in said(client.get(reverse("training_reading_mine")))


def test_a_material_that_is_not_asked_shows_nothing_at_its_end(room, text, cadre, signed_in):
    assert "必读任务" not in said(signed_in(cadre).get(text.url))


def test_the_office_asks_in_a_form_that_keeps_what_was_typed(room, text, cadre, signed_in):
    client = signed_in(room.clerk)
    given = {"material": text.pk, "due": "2026-11-01", "reason": "上级要求", "people": [cadre.pk]}
    refused = client.post(reverse("training_reading_ask"), given)
    assert refused.status_code == 422
    assert "该日期已过：请选择今天或者以后的日期。" in said(refused)
    html = refused.content.decode()
    assert 'value="2026-11-01"' in html
    assert re.search(rf'name="people" value="{cadre.pk}" checked', html)
    given |= {"due": "2026-11-06", "roles": [group("cadre").pk], "units": [room.team.pk]}
    answer = client.post(reverse("training_reading_ask"), given, follow=True)
    made = Requirement.objects.get()
    assert answer.redirect_chain == [(reverse("training_reading_requirement", args=[made.pk]), 302)]
    assert (made.due, made.named) == (FRIDAY, [group("cadre").name, "农业服务队", "田野"])
    assert "应学1人，已学0人" in said(answer)


def test_the_office_gives_longer_and_withdraws(room, text, cadre, signed_in):
    made = room.ask(text, people=[cadre])
    client, address = signed_in(room.clerk), reverse("training_reading_requirement", args=[made.pk])
    assert "请选择更晚的日期" in said(client.post(address, {"do": "extend", "due": "2026-11-06"}))
    assert "期限已延长。" in said(client.post(address, {"do": "extend", "due": "2026-11-09"}, follow=True))
    assert client.post(address, {"do": "withdraw", "reason": ""}).status_code == 422
    answer = client.post(address, {"do": "withdraw", "reason": "文件已废止"}, follow=True)
    assert "已撤回，不再要求任何人学习；已确认的记录保留。" in said(answer)
    made.refresh_from_db()
    assert (made.due, made.state, made.withdrawn_because) == (FRIDAY + 3 * ONE_DAY, "withdrawn", "文件已废止")
    assert "保密须知" in said(client.get(reverse("training_reading_asked")))


def test_units_materials_and_people_are_shown_to_who_sees_them(room, text, cadre, signed_in):
    leader = room.person("苏敏", "leader", unit=room.seat)
    Responsibility.objects.create(
        person=leader, unit=room.centre, kind=ResponsibilityKind.IN_CHARGE, since=TODAY - ONE_DAY
    )
    other = room.person("白露", "cadre", unit=room.centre)
    room.ask(text, roles=["cadre"])
    room.read(cadre, text)
    addresses = {
        "state": reverse("training_reading_state"),
        "material": reverse("training_reading_material", args=[text.pk]),
        "office": reverse("training_reading_unit", args=[room.office.pk]),
        "centre": reverse("training_reading_unit", args=[room.centre.pk]),
        "cadre": reverse("training_reading_person", args=[cadre.pk]),
        "other": reverse("training_reading_person", args=[other.pk]),
    }
    client = signed_in(room.clerk)
    assert {name: client.get(url).status_code for name, url in addresses.items()} == dict.fromkeys(addresses, 200)
    assert "党政办公室110" in said(client.get(addresses["state"]))
    assert "便民服务中心101" in said(client.get(addresses["state"]))
    assert "白露" in said(client.get(addresses["centre"]))
    assert "白露" in said(client.get(addresses["material"]))
    assert "学过第1版" in said(client.get(addresses["cadre"]))
    client = signed_in(leader)
    seen = {name: client.get(url).status_code for name, url in addresses.items()}
    assert seen == {"state": 200, "material": 200, "office": 404, "centre": 200, "cadre": 404, "other": 200}
    assert "党政办公室" not in said(client.get(addresses["state"]))
    client = signed_in(cadre)
    assert {client.get(url).status_code for url in addresses.values()} == {403}


def test_the_workbook_is_a_workbook_of_those_one_sees(room, text, cadre, signed_in):
    room.ask(text, people=[cadre])
    answer = signed_in(room.clerk).get(reverse("training_reading_book"))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert book.sheetnames == ["按单位", "按资料", "未学名单"]
    assert [cell.value for cell in book["未学名单"][2]][:3] == ["党政办公室", "田野", "保密须知"]


def test_reminders_go_out_before_the_last_day_and_after_it_once_each(room, text, cadre, time):
    room.ask(text, people=[cadre, room.clerk, room.person("无号", account=False)])
    room.read(room.clerk, text)

    def sent(days):
        time.go(days=days)
        mail.outbox.clear()
        assert tick(timezone.now()).failed == []
        assert tick(timezone.now()).failed == []
        return [(one.to, one.subject) for one in mail.outbox if "保密须知" in one.subject]

    # Monday; Wednesday, two working days before Friday; Friday; Saturday; Sunday.
    said = [sent(days) for days in (0, 2, 2, 1, 1)]
    to = [cadre.user.email]
    assert said == [[], [(to, "请学习：保密须知")], [], [(to, "必读逾期：保密须知")], []]
    lifecycle.extend(Requirement.objects.get(), FRIDAY + 10 * ONE_DAY, room.clerk.user)
    assert [sent(days) for days in (0, 8)] == [[], [(to, "请学习：保密须知")]]


def test_a_reminder_says_why_until_when_and_where(room, text, cadre, time):
    room.ask(text, people=[cadre], reason="新规定下月执行")
    time.go(days=3)
    tick(timezone.now())
    body = next(one.body for one in mail.outbox if "保密须知" in one.subject)
    assert body.startswith("田野")
    assert "请于2026年11月6日前学完《保密须知》，您还没有确认。" in body
    assert "新规定下月执行" in body
    assert reverse("training_reading_mine") in body
