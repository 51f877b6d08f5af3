"""The screens: what each shows, what a tap does, who is turned away; all without JavaScript."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.reading import Elements, text
from tests.training.attendance import staging
from tests.training.attendance.staging import after, code, enrol, held, opened
from training.domain.attendance import codes, device
from training.domain.lifecycle import attendance, certificates, feedback
from training.domain.lifecycle.attendance import Who
from training.enums import AttendanceState
from training.models import Attendance, AttendanceWindow, Certificate, Feedback, HeadCount, Session

PAGES = ("", "_screen", "_news", "_key_in", "_strike")


def at(here, name="", *args):
    return reverse(f"training_attendance{name}", args=[here.session.pk, *args])


def token_at(here, now=staging.NINE):
    found = codes.code_at(here.session, codes.step_at(now)).token
    return reverse("training_attend_token", args=[here.session.public_id, found])


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def trainer(here):
    return signed_in(here.users.trainer)


@pytest.fixture
def cadre(here):
    return signed_in(here.users.first)


def posted(client, address, **data):
    """What the page says after the form was sent and where it leads was followed."""
    response = client.post(address, data, follow=True)
    return response, text(response)


def test_the_trainer_opens_and_the_screen_shows_digits_qr_and_seconds(here, trainer, time):
    response, _said = posted(trainer, at(here, "_open"), minutes=15, screen=1)
    assert response.redirect_chain == [(at(here, "_screen"), 302)]
    time.go(seconds=3)
    shown = trainer.get(at(here, "_screen")).content.decode()
    digits = code(here.session, time.now)
    assert f"{digits[:3]} {digits[3:]}" in shown
    assert '<noscript><meta http-equiv="refresh" content="17"></noscript>' in shown
    assert "<svg" in shown
    news = trainer.get(at(here, "_news")).json()
    assert (news["open"], news["present"], news["left"], news["digits"]) == (
        True, 0, 17, f"{digits[:3]} {digits[3:]}",
    )  # fmt: skip
    trainer.post(at(here, "_close"))
    assert trainer.get(at(here, "_news")).json() == {"open": False, "present": 0, "until": None}
    assert "现在没有开放签到" in text(trainer.get(at(here, "_screen")))


def test_the_pages_of_a_session_are_for_who_takes_it(here, cadre):
    row = attendance.tick(here.session, Who(person=here.second), here.users.trainer)
    for name in PAGES:
        assert cadre.get(at(here, name, *([row.pk] if name == "_strike" else []))).status_code == 403
    for name in ("_open", "_close", "_tick", "_add", "_heads", "_key_in"):
        assert cadre.post(at(here, name), {"minutes": 15}).status_code == 403
    assert cadre.get(at(here, "_certificates")).status_code == 403
    assert AttendanceWindow.objects.count() == 0


def test_opening_an_address_records_nothing(here, cadre):
    opened(here)
    assert cadre.get(token_at(here)).status_code == 200
    assert cadre.get(reverse("training_attend")).status_code == 200
    assert Attendance.objects.count() == 0


def test_a_cadre_types_the_digits_and_is_recorded(here, cadre):
    opened(here)
    address = reverse("training_attend")
    cadre.get(address)
    _response, said = posted(cadre, address, session=here.session.pk, digits="０" * 6)
    assert "这不是屏幕上的签到码。请重新输入屏幕上的六位数字。" in said
    digits = code(here.session)
    _response, said = posted(cadre, address, session=here.session.pk, digits=f"{digits[:3]} {digits[3:]}")
    assert "已登记到场。" in said
    assert Attendance.objects.get().device == device.device_of(cadre.cookies[device.COOKIE].value)
    assert "祁志强已于2026-11-24 09:00登记，不用再签。" in posted(
        cadre, address, session=here.session.pk, digits=digits
    )[1]  # fmt: skip


def test_without_an_open_session_there_is_nothing_to_type(here, cadre):
    assert "现在没有场次开放签到" in text(cadre.get(reverse("training_attend")))


def test_of_two_open_sessions_one_is_chosen(here, cadre):
    other = staging.session(here, place="二楼会议室")
    opened(here), opened(here, other)
    address = reverse("training_attend")
    page = Elements(cadre.get(address).content.decode())
    assert len([one for one in page.all("input") if one[1].get("type") == "radio"]) == 2
    assert "另一场次" in posted(cadre, address, session=other.pk, digits=code(here.session))[1]
    assert posted(cadre, address, session=other.pk, digits=code(other))[0].redirect_chain


def test_who_scans_first_and_signs_in_then_is_recorded_within_three_minutes(here, time):
    opened(here)
    telephone, address = Client(), token_at(here)
    response = telephone.get(address)
    assert (response.status_code, response["Location"]) == (302, f"/admin/login/?next={address}")
    time.go(minutes=2, seconds=50)
    response = telephone.post(f"/admin/login/?next={address}", {"username": "first", "password": "x"})
    assert response["Location"] == address
    assert "您是祁志强，现在在会场。" in text(telephone.get(address))
    assert "已登记到场。" in posted(telephone, address)[1]


def test_a_scan_sent_to_a_friend_is_worth_nothing(here, time):
    opened(here)
    in_the_room, at_home, address = signed_in(here.users.first), signed_in(here.users.second), token_at(here)
    in_the_room.get(address)
    time.go(seconds=41)
    page = at_home.get(address)
    assert (page.status_code, "这个签到码已失效" in text(page), "<button" in text(page)) == (422, True, False)
    assert "这个签到码已过期" in posted(at_home, address)[1]
    assert "已登记到场。" in posted(in_the_room, address)[1]
    # Once used, the arrival is gone: nobody else is recorded with it.
    assert "training_arrival" not in in_the_room.session


def test_without_cookies_nobody_is_recorded(here):
    opened(here)
    client = signed_in(here.users.first)
    assert "您的浏览器不保存 Cookie" in posted(client, token_at(here))[1]
    assert Attendance.objects.count() == 0


def test_the_second_account_of_a_device_is_shown_to_the_trainer_who_ticks_it(here, trainer, cadre):
    opened(here)
    cadre.get(token_at(here)), cadre.post(token_at(here))
    cookie = cadre.cookies[device.COOKIE].value
    other = signed_in(here.users.second)
    other.cookies[device.COOKIE] = cookie
    assert "这台设备已登记过祁志强" in posted(other, token_at(here))[1]
    said = text(trainer.get(at(here)))
    assert "09:00：方旭在祁志强用过的设备上签到，未予登记。" in said
    _response, said = posted(trainer, at(here, "_tick"), who=f"person-{here.second.pk}")
    assert "未予登记" not in said
    assert Attendance.objects.filter(state=AttendanceState.RECORDED).count() == 2


def test_one_tap_records_and_who_was_not_there_is_struck_out_with_a_reason(here, trainer):
    one = enrol(here.session, name="林木森", village=here.upper)
    response, said = posted(trainer, at(here, "_tick"), who=f"enrolment-{one.pk}")
    assert response.redirect_chain == [(f"{at(here)}#enrolment-{one.pk}", 302)]
    assert "已登记1人" in said
    row = Attendance.objects.get()
    address = at(here, "_strike", row.pk)
    assert "划去林木森？" in text(trainer.get(address))
    assert trainer.post(address, {"reason": " "}).status_code == 422
    assert "林木森 上塘村 点名登记 09:00 · 中途离开" in posted(trainer, address, reason="中途离开")[1]


@pytest.mark.parametrize("who", ["", "enrolment-", "person-", "enrolment-x", f"enrolment-{'9' * 30}", "visitor-1"])
def test_a_tap_that_names_nobody_records_nobody(here, trainer, who):
    assert trainer.post(at(here, "_tick"), {"who": who}).status_code in {302, 404}
    assert Attendance.objects.count() == 0


def test_somebody_not_on_the_list_is_written_in_and_an_unknown_name_asked_about(here, trainer):
    assert "已登记方旭。" in posted(trainer, at(here, "_add"), name="方旭", of="")[1]
    response = trainer.post(at(here, "_add"), {"name": "王大妈", "of": "上塘村"})
    assert (response.status_code, "王大妈是谁？" in text(response)) == (422, True)
    assert "已登记王大妈。" in posted(trainer, at(here, "_add"), name="王大妈", of="上塘村", meant="visitor")[1]
    assert list(Attendance.objects.values_list("name", "of")) == [("方旭", "党政办公室"), ("王大妈", "上塘村")]


def test_heads_are_entered_and_a_difference_is_shown_until_it_is_explained(here, trainer):
    attendance.tick(here.session, Who(person=here.first), here.users.trainer)
    assert "清点到2人，只登记了1人" in posted(trainer, at(here, "_heads"), number=2, explanation="")[1]
    said = posted(trainer, at(here, "_heads"), number=2, explanation="服务员一名")[1]
    assert "人数一致，或者已说明原因。" in said
    assert "原因： 服务员一名" in said
    assert trainer.post(at(here, "_heads"), {"number": "x"}).status_code == 422
    assert HeadCount.objects.count() == 2


def test_a_clerk_keys_in_the_village_list_and_is_asked_who_somebody_is(here, time):
    here.session = staging.session(here, village=here.upper)
    mine = enrol(here.session, name="林木森", village=here.upper)
    time.go(days=1)
    clerk = signed_in(here.users.liaison)
    assert "上塘村" not in text(clerk.get(reverse("training_attendance_list")))
    assert clerk.get(at(here))["Location"] == at(here, "_key_in")
    assert 'value="2026-11-24"' in clerk.get(at(here, "_key_in")).content.decode()
    given = {"dated": "2026-11-24", "signed": [str(mine.pk)], "written": "方旭\n王大妈 上塘村"}
    response = clerk.post(at(here, "_key_in"), given)
    assert response.status_code == 422
    assert "请指明是谁，选择本人或者注明为来访人员：王大妈。" in text(response)
    assert 'name="meant-王大妈 上塘村" value="visitor"' in response.content.decode()
    assert Attendance.objects.count() == 0
    said = posted(clerk, at(here, "_key_in"), **given, **{"meant-王大妈 上塘村": "visitor"})[1]
    assert "按纸质签到表新登记3人，另有0人此前已登记。" in said
    assert "林木森（上塘村）" in said


def test_somebody_who_was_there_says_how_it_was(here, cadre):
    address = reverse("training_attend_own", args=[here.session.public_id])
    assert "本场次没有您的到场登记。" in text(cadre.get(address))
    assert "只有到场的人可以评价" in posted(cadre, address, rating=4, words="")[0].context["form"].errors.as_text()
    attendance.tick(here.session, Who(person=here.first), here.users.trainer)
    assert cadre.post(address, {"rating": "9"}).status_code == 422
    assert "您的评价不记姓名" in posted(cadre, address, rating=4, words="例子多一些")[1]
    assert Feedback.objects.get().words == "例子多一些"


def test_the_page_says_until_when_and_then_that_it_is_too_late(here, cadre, time):
    address = reverse("training_attend_own", args=[here.session.public_id])
    attendance.tick(here.session, Who(person=here.first), here.users.trainer)
    assert "可以评价到" not in text(cadre.get(address))
    time.go(minutes=90)
    assert "可以评价到2026年12月8日。" in text(cadre.get(address))
    time.go(days=15)
    cadre.force_login(here.users.first)
    shown = cadre.get(address)
    assert "评价到2026年12月8日已经截止。还有意见，请告诉主讲人或者办公室。" in text(shown)
    assert 'name="rating"' not in shown.content.decode()
    late = cadre.post(address, {"rating": 4, "words": "例子多一些"})
    assert late.status_code == 422
    assert "评价到2026年12月8日已经截止" in text(late)
    assert "可以评价到" not in text(late)
    assert "例子多一些" in late.content.decode()
    assert Feedback.objects.count() == 0


def test_who_takes_the_attendance_reads_until_when_answers_come(here, trainer):
    attendance.tick(here.session, Who(person=here.first), here.users.trainer)
    feedback.give(here.session, 4, "", user=here.users.first)
    assert "评价收到2026年12月8日为止。" in text(trainer.get(at(here)))


def test_a_villager_says_it_by_the_code_on_the_slip(here, client):
    mine = enrol(here.session, name="林木森", village=here.upper)
    address = reverse("training_attend_enrolment", args=[mine.code])
    assert "本场次没有您的到场登记。" in text(client.get(address))
    attendance.tick(here.session, Who(enrolment=mine), here.users.trainer)
    assert "您已评价，谢谢。" in posted(client, address, rating=5, words="")[1]
    assert client.get(reverse("training_attend_enrolment", args=["abcdefghjk"])).status_code == 404


def test_the_trainer_reads_opinions_from_three_answers_on(here, trainer):
    for number in range(2):
        Feedback.objects.create(session=here.session, rating=5, words=f"很好{number}")
    assert "很好" not in text(trainer.get(at(here)))
    Feedback.objects.create(session=here.session, rating=2, words="太快")
    said = text(trainer.get(at(here)))
    assert "平均4.0分（满分5分）" in said
    assert "太快 很好0 很好1" in said


def test_the_office_issues_prints_and_voids_certificates(here):
    row = attendance.tick(here.session, Who(person=here.first), here.users.trainer)
    held(here.session), staging.series()
    office = signed_in(here.users.runner)
    shown = text(office.get(at(here, "_certificates")))
    assert "祁志强" in shown
    assert "编号用石培证序列。要用别的序列，请在培训设置中选择。" in shown
    assert "已发放1份证书。" in posted(office, at(here, "_certificates"), issue=1)[1]
    assert "到场的人都已有证书。" in posted(office, at(here, "_certificates"), issue=1)[1]
    one = Certificate.objects.get(attendance=row)
    assert office.post(at(here, "_void", one.pk), {"reason": ""}).status_code == 422
    assert "祁志强 石培证〔2026〕1号 姓名有误" in posted(office, at(here, "_void", one.pk), reason="姓名有误")[1]


def test_a_certificate_is_found_in_the_register_by_number_name_or_course(here):
    rows = [
        attendance.tick(here.session, who, here.users.trainer)
        for who in (Who(person=here.first), Who(name="阿依古丽·买买提", of="上塘村"))
    ]
    held(here.session), staging.series()
    for row in rows:
        certificates.issue(row, here.users.runner)
    address = reverse("training_certificate_modeladmin_index")
    office = signed_in(here.users.runner)

    def found(question):
        page = text(office.get(address, {"q": question}))
        return [row.name for row in rows if row.name in page]

    assert found("〔2026〕2号") == found("买买提") == ["阿依古丽·买买提"]
    assert found("月度") == ["祁志强", "阿依古丽·买买提"]
    paper = reverse("printing:document", args=["training-certificate", Certificate.objects.get(attendance=rows[0]).pk])
    assert paper in office.get(address).content.decode()
    leader = signed_in(staging.account("leader", "leader"))
    assert "祁志强" not in text(leader.get(address, follow=True))


def test_the_list_of_sessions_begins_with_today(here, trainer, cadre):
    staging.session(here, starts=after(days=-3), place="昨日会议室")
    staging.session(here, starts=after(days=3), place="明日会议室")
    staging.session(here, starts=after(days=-200), place="去年会议室")
    staging.session(here, trainer=here.second)
    said = text(trainer.get(reverse("training_attendance_list")))
    found = [said.index(word) for word in ("三楼会议室", "昨日会议室", "明日会议室")]
    assert (found, "去年会议室" in said) == (sorted(found), False)
    assert "三楼会议室" not in text(cadre.get(reverse("training_attendance_list")))


def test_the_page_of_a_session_needs_as_many_queries_for_two_hundred(here, trainer, django_assert_max_num_queries):
    for number in range(200):
        who = enrol(here.session, name=f"王{number}", village=here.upper, phone=f"1370000{number:04}")
        if number % 2:
            Attendance.objects.create(session=here.session, enrolment=who, name=who.name, way="paper")
    with django_assert_max_num_queries(22):
        shown = trainer.get(at(here)).content.decode()
    assert len(re.findall(r'name="who" value="enrolment-', shown)) == 100


@pytest.mark.parametrize("state", ["cancelled", "early"])
def test_a_session_that_cannot_be_taken_offers_nothing_to_tap(here, trainer, time, state):
    enrol(here.session, here.first)
    if state == "early":
        time.go(hours=-2)
    else:
        row = Session.objects.get(pk=here.session.pk)
        row.to_cancelled()
        row.save()
    page = Elements(trainer.get(at(here)).content.decode())
    buttons = [attrs for _tag, attrs in page.all("button") if attrs.get("name") == "who"]
    assert all("disabled" in attrs for attrs in buttons)
    assert len(buttons) == 1
    assert page.left_open == []
