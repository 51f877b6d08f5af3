"""Every paper of a hearing says what its record says, to whom it may be said, and no more."""

import datetime
import io
import re

import pdfplumber
import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry, PageViewRestriction, Site

from hearings.domain.circulars import circular_html, draft_circular
from hearings.domain.papers.broadcast import LONGEST, broadcast_script
from hearings.domain.papers.fulfilment import find_letter, letters
from hearings.domain.papers.speech import clock, moment_in_words, number_in_words, seconds, spoken
from hearings.models import CircularPage, Hearing, HearingNoticePage, Measure
from printing.domain.door import print_document, sheet_of
from printing.domain.registry import printables
from printing.domain.rendering import PrintingUnavailable
from printing.domain.wording import wording
from suite.roles.domain import group
from suite.theme.models import OfficeSettings
from tests.hearings import record

pytestmark = pytest.mark.django_db
OF_NOTICE = ("hearing-notice", "hearing-poster", "hearing-broadcast", "hearing-agenda", "delegate-list")
FOR_THE_DESK = ("delegate-list-full", "hearing-seat-cards")
PHONE, NAMES = re.compile(r"1[3-9]\d{9}"), ("欧阳春花", "赵铁柱", "孙巧云", "蓝阿根", "周建设", "钱阿福")


@pytest.fixture(autouse=True)
def office():
    return OfficeSettings.objects.create(
        site=Site.objects.get(),
        township_name="石桥镇人民政府",
        hall_phone="8812 0110",
        supervision_phone="8812 0109",
    )


@pytest.fixture
def person(django_user_model):
    """person(role): somebody with that role."""

    def make(role):
        user = django_user_model.objects.create_user(f"somebody-{role}")
        user.groups.add(group(role))
        return user

    return make


@pytest.fixture
def fixed():
    """A hearing whose representatives are fixed, and its live notice."""
    found = record.hearing(state="fixed")
    found.people = record.seated(found)
    found.page = record.notice(found, live=True)
    return found


@pytest.fixture
def followed():
    """One that is being followed up: three problems, of which the measure of the first is done."""
    found = record.hearing(state="following", held_at=record.BEGINS)
    found.people = record.seated(found)
    record.problems(found, found.people)
    found.page = record.notice(found, live=True)
    return found


def said(kind, found, size=""):
    """The paragraphs of a paper, without blanks."""
    paragraphs = wording(sheet_of(printables()[kind], found, size)).paragraphs
    return [re.sub(r"\s", "", paragraph) for paragraph in paragraphs]


def test_numbers_dates_and_phones_are_written_as_they_are_said():
    assert [number_in_words(number) for number in (0, 7, 10, 12, 20, 105, 110, 2000, 2026, 10300, 300_000_005)] == [
        *("零", "七", "十", "十二", "二十", "一百零五", "一百一十", "二千", "二千零二十六", "一万零三百", "三亿零五"),
    ]
    assert [clock(*time) for time in ((9, 0), (14, 30), (12, 0), (19, 5), (2, 15))] == [
        *("上午九点", "下午两点半", "中午十二点", "晚上七点零五分", "凌晨两点十五分"),
    ]
    assert moment_in_words(record.BEGINS) == "十二月三日，星期四，下午两点半"
    assert spoken("2026年12月3日14:30，电话0575-8601 2345，同意60%，3.5公里") == (
        "二零二六年十二月三日下午两点半，电话零五七五，八六零一，二三四五，同意百分之六十，三点五公里"
    )


def test_a_script_is_timed_as_it_is_said():
    """Four syllables a second: what stands there as three figures may be said in six."""
    assert seconds("各位村民，请注意。") == 2
    assert seconds("105个") == seconds("一百零五个") == 2
    assert seconds("2026年") == 2


def test_the_script_says_day_time_place_and_topics_and_lasts_a_minute_at_most():
    script = broadcast_script(record.hearing().hearing)
    assert "时间：十二月三日，星期四，下午两点半。" in script.lines
    assert "地点：石桥镇政府三楼会议室。" in script.lines
    assert script.lines[4] == (
        "这次听证的事情是：第一，水塘边的路没有路灯。第二，云岭头自来水夏天停水。第三，垃圾一周才清运一次。"
    )
    assert (script.left_out, script.warning) == (0, "")
    assert script.seconds == seconds("".join(script.lines)) <= LONGEST


def test_a_long_script_leaves_out_thanks_and_greeting_before_the_way_to_sign_up():
    found = record.hearing(topics=14)
    whole = broadcast_script(found.hearing)
    assert whole.left_out > 0
    assert "广播完了，谢谢大家。" not in whole.lines
    assert "各位村民，请注意。现在广播一条通知。" not in whole.lines
    assert any("以前报名" in line for line in whole.lines)
    assert whole.seconds <= LONGEST


def test_a_script_that_stays_too_long_says_what_to_shorten_on_the_sheet_too():
    found = record.hearing(topics=40)
    script = broadcast_script(found.hearing)
    assert script.seconds > LONGEST
    assert script.left_out == 5
    assert script.warning == (
        f"这份广播稿读一遍约需{script.seconds}秒，超过{LONGEST}秒。可以省略的都已省略，请缩短议题标题或开会地点的名称。"
    )
    page = record.notice(found)
    assert script.warning in sheet_of(printables()["hearing-broadcast"], page).context["script"].warning


def test_the_notices_form_shows_the_script_and_warns_of_a_long_one(client, django_user_model):
    client.force_login(django_user_model.objects.create_superuser("root"))
    short, long = record.notice(record.hearing()), record.notice(record.hearing(topics=40, host=None))
    pages = [client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode() for page in (short, long)]
    assert ["读一遍约" in page and "这次听证的事情是：" in page for page in pages] == [True, True]
    assert ["请缩短议题标题或开会地点的名称。" in page for page in pages] == [False, True]


def test_the_notice_takes_time_place_and_topics_from_the_record(fixed):
    text = said("hearing-notice", fixed.page)
    assert "时间：2026年12月3日（星期四）下午2时30分。" in text
    assert "地点：石桥镇政府三楼会议室。" in text
    assert [line for line in text if line[:2] in ("1.", "2.", "3.")] == [
        "1.水塘边的路没有路灯",
        "2.云岭头自来水夏天停水",
        "3.垃圾一周才清运一次",
    ]
    assert "听证代表名额：上塘村3名、云岭村1名，另邀请1名。" in text


def test_nothing_is_printed_of_a_notice_without_day_and_place():
    page = record.notice(record.hearing(state="collecting", starts_at=None, sign_up_until=None))
    for kind in ("hearing-notice", "hearing-poster", "hearing-broadcast", "hearing-agenda"):
        with pytest.raises(PrintingUnavailable, match="会议日期和地点还没有定"):
            sheet_of(printables()[kind], page, printables()[kind].sizes[0])


@pytest.mark.parametrize(
    ("state", "reason", "ended"),
    [
        ("postponed", "台风", "本次听证会延期举行。原因：台风。新的时间另行公告。"),
        ("cancelled", "问题已经解决。", "本次听证会取消。原因：问题已经解决。"),
        ("held", "", "本次听证会已于2026年12月3日举行。"),
        ("notified", "", ""),
    ],
)
def test_the_notice_says_over_its_title_why_it_no_longer_counts(state, reason, ended):
    page = record.notice(record.hearing(state=state, reason=reason))
    assert sheet_of(printables()["hearing-notice"], page).ended == ended


def test_a_topic_with_somebodys_number_hangs_masked():
    found = record.hearing(topics=1)
    found.topics[0].title = "请打13800138000问路灯"
    found.topics[0].save()
    assert "1.请打138****8000问路灯" in said("hearing-notice", record.notice(found))


@pytest.mark.parametrize("kind", [*OF_NOTICE, "hearing-conclusions"])
def test_no_public_paper_of_the_notice_names_a_representative_or_a_mobile(kind, followed):
    text = "".join(said(kind, followed.page, printables()[kind].sizes[0]))
    assert not PHONE.search(text)
    assert [name for name in NAMES if name in text] == []


def test_the_board_sees_surnames_village_by_village(fixed):
    rows = said("delegate-list", fixed.page, "a3")
    table = rows[rows.index("代表") + 1 :]
    assert table[:9] == ["上塘村", "3", "欧阳**、赵**、孙**", "云岭村", "1", "蓝**", "镇商会", "1", "周**"]
    assert table[9].startswith("共5名。")


def test_the_desks_list_holds_names_phones_waiting_list_and_officers(fixed):
    record.representative(fixed, "李候补", 0, "waiting", place_in_line=1, phone="13700000001")
    record.representative(fixed, "王退出", 0, "withdrawn")
    text = said("delegate-list-full", fixed.hearing)
    assert [line for line in text if "名）" in line] == ["听证代表（5名）", "候补（1名）"]
    assert {"欧阳春花", "周建设", "李候补", "13700000001", "13911112222"} <= set(text)
    assert "王退出" not in text
    assert text.index("顾明远") < text.index("邵文旻") < text.index("闵思远")


def test_everybody_at_the_table_gets_a_card(fixed):
    record.representative(fixed, "李候补", 0, "waiting")
    cards = sheet_of(printables()["hearing-seat-cards"], fixed.hearing).context["cards"]
    assert [(card["text"], card["below"]) for card in cards] == [
        ("顾明远", "主持人"), ("邵文旻", "听证官"), ("闵思远", "记录员"),
        *((name, "听证代表 上塘村") for name in ("欧阳春花", "赵铁柱", "孙巧云")),
        ("蓝阿根", "听证代表 云岭村"), ("周建设", "听证代表 镇商会"),
    ]  # fmt: skip


def test_the_conclusions_tell_assent_and_where_there_was_none(followed):
    rows = said("hearing-conclusions", followed.page)
    assert "达成结论（表态4名，同意3名）" in rows
    assert "未达成结论，由镇研究，2027年1月2日前答复" in rows
    assert "安装八盏太阳能路灯，党政办公室，2026年12月31日前" in "".join(rows)


def test_who_raised_a_problem_gets_one_letter_for_all_of_theirs(followed):
    found = letters(followed.hearing)
    assert [(letter.name, [problem.number for problem in letter.asker.problems]) for letter in found] == [
        *(("赵铁柱", [1]), ("钱阿福", [1]), ("孙巧云", [2])),
        # Nobody's name is on record for these two topics.
        *(("云岭村反映人", [2]), ("蓝阿根", [3]), ("上塘村反映人", [3])),
    ]
    text = "".join(said("hearing-letter", found[0]))
    assert "听证结论：年底前在水塘边的路上装好八盏太阳能路灯，由村里管护。" in text
    assert "已于2026年12月23日落实。八盏灯全部亮了。" in text
    assert "送达回证" in text
    assert [find_letter(letter.key).name == letter.name for letter in found] == [True] * 6
    assert [find_letter(key) for key in ("", "1", "x-r1", f"{followed.hearing.pk}-r0", "²-r1")] == [None] * 5


def test_all_letters_come_as_one_file(followed):
    sheet = sheet_of(printables()["hearing-letters"], followed.hearing)
    assert sheet.title == "2026年下半年第一次效能听证会告知说明书（共6份）"
    text = wording(sheet).paragraphs
    assert [line.rstrip("：") for line in text if line.endswith("：") and len(line) < 8] == [
        letter.name for letter in letters(followed.hearing)
    ]
    assert text.count("送达回证") == 6
    refusal = printables()["hearing-letters"].refusal
    assert refusal(record.hearing(host=followed.office).hearing) == "告知说明书写的是听证结果，请先开听证会。"


def test_letters_to_a_crowd_are_not_made_while_somebody_waits():
    found = record.hearing(state="held", topics=70, held_at=record.BEGINS)
    record.problems(found, record.seated(found), 70)
    assert printables()["hearing-letters"].refusal(found.hearing) == (
        "75份告知说明书太多，不便在线等候：请系统管理员用 print_document 命令生成文件。"
    )


def test_the_circular_tells_done_late_and_open(followed):
    done, studied, promised = Measure.objects.order_by("pk")
    Measure.objects.filter(pk=studied.pk).update(due=datetime.date(2026, 1, 5))
    text = re.sub(r"<[^>]+>", "\n", circular_html(followed.hearing))
    assert "共有措施3项：按期落实1项，正在办理1项，逾期未落实1项。" in text
    assert "正在督办" in text
    assert "已于2026年12月23日落实。八盏灯全部亮了。" in text
    Measure.objects.filter(pk=done.pk).update(ended_on=promised.due + datetime.timedelta(days=1))
    assert "已于2027年1月1日落实（逾期）。" in circular_html(followed.hearing)


def test_a_circular_is_drafted_below_the_section_for_who_runs_hearings(followed, person):
    draft = draft_circular(followed.hearing, person("efficiency_office"))
    assert (draft.live, draft.hearing, draft.get_parent().title) == (False, followed.hearing, "效能听证")
    entry = ModelLogEntry.objects.for_instance(followed.hearing).get(action="hearings.draft_circular")
    assert (entry.user, entry.data) == (draft.owner, {"page": draft.title})
    assert "三、垃圾一周才清运一次（云岭村）" in said("hearing-circular", CircularPage.objects.get())
    with pytest.raises(Exception, match="您的账号没有"):
        draft_circular(followed.hearing, person("liaison"))
    with pytest.raises(Exception, match="先开听证会"):
        draft_circular(Hearing.objects.create(title="另一次", host=followed.office), None)


def test_the_public_prints_what_it_may_read_and_the_desk_the_rest(fixed, person, client, rf):
    office, stranger = person("efficiency_office"), person("cadre")
    for kind in OF_NOTICE:
        asked = printables()[kind].user_can_print
        assert [asked(user, fixed.page) for user in (None, stranger)] == [True, True]
        draft = record.notice(fixed)
        assert asked(None, draft) is False
    PageViewRestriction.objects.create(page=fixed.page, restriction_type="login")
    restricted = HearingNoticePage.objects.get(pk=fixed.page.pk)
    assert [printables()[kind].user_can_print(None, restricted) for kind in OF_NOTICE] == [False] * 5
    for kind in FOR_THE_DESK:
        asked = printables()[kind].user_can_print
        assert [asked(user, fixed.hearing) for user in (None, stranger, office)] == [False, False, True]
        # A stranger is not even told whether it is there.
        assert client.get(reverse("printing:document", args=[kind, fixed.hearing.pk])).status_code == 404


def test_the_list_for_the_board_waits_until_the_representatives_are_fixed():
    page = record.notice(record.hearing(state="notified"), live=True)
    assert printables()["delegate-list"].user_can_print(None, page) is False


def test_conclusions_are_public_with_the_minutes_and_the_offices_before(person, fixed):
    asked = printables()["hearing-conclusions"].user_can_print
    office = person("efficiency_office")
    assert [asked(None, fixed.page), asked(office, fixed.page)] == [False, True]
    published = record.notice(record.hearing(state="published"), live=True)
    assert asked(None, published) is True


def test_letters_are_for_who_runs_hearings(followed, person):
    asked = printables()["hearing-letter"].user_can_print
    letter = letters(followed.hearing)[0]
    people = (None, person("liaison"), person("efficiency_office"))
    assert [asked(user, letter) for user in people] == [False, False, True]


def test_letters_and_circular_cost_the_same_queries_however_many_problems(followed, django_assert_num_queries):
    with django_assert_num_queries(6) as few:
        circular_html(followed.hearing)
    more = record.hearing(state="following", held_at=record.BEGINS, topics=30, host=followed.office)
    record.problems(more, record.seated(more), 30)
    with django_assert_num_queries(len(few)):
        circular_html(more.hearing)


@pytest.mark.pdf
def test_every_paper_is_printed_whole(followed):
    letter = letters(followed.hearing)[0]
    circular = record.circular(followed, circular_html(followed.hearing), live=True)
    minutes = record.minutes(followed, "<h2>会议情况</h2><p>时间：2026年12月3日。</p>", live=True)
    papers = {
        **{(kind, str(followed.page.pk)): 1 for kind in ("hearing-poster", "delegate-list", "hearing-broadcast")},
        ("hearing-notice", str(followed.page.pk)): 2,
        ("hearing-agenda", str(followed.page.pk)): 1,
        ("hearing-conclusions", str(followed.page.pk)): 1,
        ("hearing-seat-cards", str(followed.hearing.pk)): 4,
        ("delegate-list-full", str(followed.hearing.pk)): 1,
        ("hearing-letter", letter.key): 2,
        # Each letter and its receipt on a sheet of paper of their own.
        ("hearing-letters", str(followed.hearing.pk)): 12,
        ("hearing-circular", str(circular.pk)): 2,
        ("hearing-minutes", str(minutes.pk)): 1,
    }
    printed = {}
    for kind, key in papers:
        with pdfplumber.open(io.BytesIO(print_document(kind, key).content)) as file:
            printed[kind, key] = len(file.pages)
    assert printed == papers


@pytest.mark.pdf
def test_notice_minutes_and_circular_can_be_had_for_word(followed):
    minutes = record.minutes(followed, "<h2>会议情况</h2><p>时间：2026年12月3日。</p>", live=True)
    assert print_document("hearing-notice", str(followed.page.pk), docx=True).content[:2] == b"PK"
    assert print_document("hearing-minutes", str(minutes.pk), docx=True).content[:2] == b"PK"
