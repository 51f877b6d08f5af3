"""Required reading as cadres, leaders and the office see it."""

import io
import json
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
from tests.training.reading.staging import FRIDAY, NOW, ONE_DAY, TODAY, put
from tests.training.town import leave
from training.domain.lifecycle import reading as lifecycle
from training.domain.materials.versions import current
from training.domain.reading import shown, watching
from training.domain.reading.parts import END
from training.models import MaterialPage, ReadingConfirmation, Requirement, SheetShown


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


def end_of(page):
    """What the form at the end of a material's page hands in."""
    html = page.content.decode()
    form = html[html.index("<form", html.index('class="reading-end"')) :]
    return dict(re.findall(r'name="(version|end|video)" value="([^"]+)"', form[: form.index("</form>")]))


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
    why = "这些人员的学习情况由您掌握：请提醒他们；确有困难的，由办公室延长学习期限。"
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
    assert "截至当天下班。晚到岗的人，从到岗起有五个工作日。" in said(client.get(reverse("training_reading_ask")))
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
    office = [reverse("training_reading_ask"), reverse("training_reading_asked")]
    assert {client.get(url).status_code for url in office} == {403}
    client = signed_in(cadre)
    assert {client.get(url).status_code for url in [*addresses.values(), *office]} == {403}


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
    room.ask(text, FRIDAY + ONE_DAY, people=[cadre], reason="年底还要考")
    time.go(days=3)
    tick(timezone.now())
    body = next(one.body for one in mail.outbox if "保密须知" in one.subject)
    assert body.startswith("田野")
    assert "请于2026年11月6日前学完《保密须知》，您还没有确认。" in body
    assert "新规定下月执行" in body
    assert "年底还要考" not in body
    assert reverse("training_reading_mine") in body


def test_a_video_is_confirmed_without_scripts_once_half_of_it_has_passed(room, cadre, signed_in, time):
    film = room.material("防汛演练", video=room.video(36))
    room.ask(film, people=[cadre])
    client, confirm = signed_in(cadre), reverse("training_reading_confirm", args=[film.pk])
    assert "去学习" in said(client.get(reverse("training_reading_mine")))
    page = client.get(film.url)
    assert "视频长36秒，请看完。第一次打开本页18秒后才能确认。" in said(page)
    assert sorted(end_of(page)) == ["version", "video"]
    time.go(seconds=10)
    answer = client.post(confirm, end_of(page), follow=True)
    assert "视频长36秒，您打开还不到它一半的时间：请看完，最早8秒后确认。" in said(answer)
    assert "还要看完视频，在资料末尾确认。" in said(answer)
    assert "我已学完" not in said(answer)
    time.go(seconds=8)
    answer = client.post(confirm, end_of(client.get(film.url)), follow=True)
    assert "已确认：您学完了《防汛演练》。" in said(answer)
    assert "data-watch" not in client.get(film.url).content.decode()


def test_a_page_with_a_video_is_opened_by_who_looks_at_it(
    room, draft_material, publish, editors, cadre, signed_in, time
):
    film = publish(draft_material("防汛演练", kind="video", video=room.video(36), body=[]))
    assert current(film).video == film.video
    client = signed_in(cadre)
    client.head(film.url)
    client.get(film.url, headers={"Sec-Purpose": "prefetch"})
    client.force_login(editors.editor)
    client.get(film.url)
    client.get(reverse("wagtailadmin_pages:view_draft", args=[film.pk]))
    client.logout()
    assert client.get(film.url).status_code == 302
    assert not SheetShown.objects.exists()
    client.force_login(cadre.user)
    client.get(film.url)
    time.go(minutes=1)
    client.get(film.url)
    assert [(one.person, one.opened_at) for one in SheetShown.objects.all()] == [(cadre, NOW)]


def test_what_is_published_says_which_parts_there_are_to_read(draft_material, publish, editors):
    file = kept_slides(editors.editor)
    slides = publish(draft_material("课件", kind="slides", file=file, body=[]))
    both = publish(draft_material("课件和说明", kind="slides", file=file))
    assert shown.parts_of(current(slides)) == {1, 2, 3}
    assert shown.parts_of(current(both)) == {END, 1, 2, 3}


def test_who_may_not_read_a_material_has_not_opened_its_video(room, cadre, signed_in):
    film = room.material("防汛演练", video=room.video())
    MaterialPage.units.through.objects.create(materialpage=film, unit=room.team)
    assert signed_in(cadre).get(film.url).status_code == 403
    assert not SheetShown.objects.exists()


def test_the_script_tells_what_was_played_and_hears_how_far_it_is(room, cadre, signed_in, time):
    film = room.material("防汛演练", video=room.video(36))
    room.ask(film, people=[cadre])
    client, address = signed_in(cadre), reverse("training_reading_watched", args=[film.pk])
    token = end_of(client.get(film.url))["video"]
    time.go(seconds=17)

    def tell(*parts):
        answer = client.post(address, {"video": token, "played": json.dumps(parts)})
        return [answer.json()[name] for name in ("percent", "done", "wait", "said")]

    assert client.get(address).status_code == 405
    assert client.post(address, {"video": "x", "played": "[[0, 36]]"}).status_code == 403
    assert tell([0, 18]) == [50, False, 1, "视频已看50%"]
    assert "视频已看50%" in said(client.get(film.url))
    assert tell([18, 36]) == [100, False, 1, "视频已看完，1秒后可以确认。"]
    time.go(seconds=1)
    assert tell() == [100, True, 0, "视频已看完。"]
    assert "我已学完" in said(client.get(reverse("training_reading_mine")))
    assert "wanting" not in client.post(address, {"video": token, "played": "[]"}).json()


def test_the_script_hears_what_else_is_wanting(room, cadre, signed_in, time):
    whole = room.material("防汛演练", sheets=2, lines=3, video=room.video(36))
    room.ask(whole, people=[cadre])
    client, address = signed_in(cadre), reverse("training_reading_watched", args=[whole.pk])
    client.get(whole.url)
    time.go(seconds=36)
    token = watching.token(cadre, current(whole))
    answer = client.post(address, {"video": token, "played": "[[0, 36]]"}).json()
    assert (answer["done"], answer["wanting"]) == (True, "还要看完2页、正文，在资料末尾确认。")


def test_what_has_sheets_a_text_and_a_video_is_confirmed_at_the_end_of_its_page(room, cadre, signed_in, time):
    whole = room.material("防汛演练", sheets=2, lines=3, video=room.video(36))
    room.ask(whole, people=[cadre])
    client, version = signed_in(cadre), current(whole)
    sheet = reverse("training_materials_sheet", args=[whole.pk, 1])
    page = client.get(whole.url)
    assert "已看0页，共2页" not in said(page)
    assert "还要看完2页、正文、视频，在资料末尾确认。" in said(page)
    assert f'href="{sheet}">接着看第1页' in page.content.decode()
    assert "我已学完" not in said(page)
    shown.note(cadre, version, 1)
    shown.note(cadre, version, 2)
    time.go(minutes=1)
    page = client.get(whole.url)
    assert sorted(end_of(page)) == ["end", "version", "video"]
    mine = client.get(reverse("training_reading_mine"))
    assert "还要看完正文、视频，在资料末尾确认。" in said(mine)
    assert "我已学完" not in said(mine)
    answer = client.post(reverse("training_reading_confirm", args=[whole.pk]), end_of(page), follow=True)
    assert "已确认：您学完了《防汛演练》。" in said(answer)


def test_desk_and_tables_say_which_part_is_still_wanting(room, cadre, signed_in):
    whole = room.material("防汛演练", sheets=2, lines=3, video=room.video(36))
    other = room.person("白露", unit=room.office)
    room.person("无号", unit=room.office, account=False)
    room.ask(whole, units=[room.office], reason="汛期要求。")
    for number in (1, 2, END):
        shown.note(cadre, current(whole), number)
    key = f"training.read:{whole.pk}"
    assert waiting(cadre.user) == [(key, "学习《防汛演练》并确认", "汛期要求（还要看完视频）")]
    assert waiting(other.user) == [(key, "学习《防汛演练》并确认", "汛期要求。")]
    assert "还要看完视频" in said(signed_in(cadre).get(reverse("training_own")))
    client = signed_in(room.clerk)
    for address in (
        reverse("training_reading_material", args=[whole.pk]),
        reverse("training_reading_unit", args=[room.office.pk]),
    ):
        rows = said(client.get(address))
        assert [rows.count(words) for words in ("还要看完视频", "还没有打开", "没有账号")] == [1, 2, 1]
    assert "还要看完视频" in said(client.get(reverse("training_reading_person", args=[cadre.pk])))


def test_the_ways_back_lead_to_ones_own_learning(room, cadre, signed_in):
    client, hub = signed_in(room.clerk), reverse("training_own")
    for name in ("mine", "state"):
        html = client.get(reverse(f"training_reading_{name}")).content.decode()
        assert re.search(rf'href="{hub}">← 我的学习', html)
