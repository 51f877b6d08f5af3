"""Courses of the sample township: monthly study, quarterly coaching, a staff course, four courses for villagers."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone
from wagtail.models import Site

from suite.body.from_text import blocks_from_text
from suite.clock.calendar import DAY
from suite.clock.domain import calendar
from training.domain.courses.series import due_slots, moment, slot_of
from training.domain.lifecycle import courses, enrolments
from training.enums import CourseKind, Rhythm
from training.models import Course, CoursePage, Enrolment, SeriesRule, Session, TrainingIndexPage

OFFICE = "efficiency_office"
HALL = "镇政府大会议室"
# Title, unit, what is learnt, the text of its page.
FOR_VILLAGERS = (
    (
        "茶叶修剪", "nongye", "春茶采完怎么剪、剪多深，剪后怎么施肥防虫。现场剪给大家看。",
        "请穿平底鞋，自带修枝剪；没有的，现场可以借。下雨改在村委会里讲。",
    ),
    (
        "电焊工技能培训", "minzheng", "五天学会平焊和立焊，讲用电、防火和防护。考试合格的，可以报考操作证。",
        "面向返乡务工人员和在家劳动力，十八岁以上。镇里提供焊机、面罩和工作服，中午管一顿饭。",
    ),
    (
        "防诈骗", "zongzhi", "认清冒充公检法、刷单返利、保健品和养老诈骗；接到电话怎么办，钱转出去了怎么办。",
        "请带上家里老人一起来。民警用本县发生过的真事来讲，讲完帮大家在手机上装好防护。",
    ),
    (
        "现场急救", "wenwei", "心肺复苏、气道异物、外伤止血、蛇咬伤和中暑：救护车到之前能做什么。",
        "每人都要在假人上练一遍。茶山干活、带孩子、照顾老人的，都用得上。",
    ),
)  # fmt: skip
# Course, in so many days, at, hours, village, place, seats, who teaches from outside.
SESSIONS = (
    (0, 12, 9, 2, "chaxi", "茶溪村委会后茶园", 30, "县农业农村局茶叶站 林高工"),
    (0, 19, 9, 2, "yunling", "云岭村委会", 20, "县农业农村局茶叶站 林高工"),
    (1, 26, 8, 8, "", "镇成人学校实训室", 3, "县职业中专 郑师傅"),
    (2, 6, 14, 1, "shangtang", "上塘村文化礼堂", 0, "石桥派出所 黄警官"),
    (2, 8, 14, 1, "shequ", "石桥社区活动室", 40, "石桥派出所 黄警官"),
    (3, 15, 14, 2, "shigu", "石鼓村文化礼堂", 24, "镇卫生院 苏医生"),
)
SIGN_UPS = (
    (0, "chaxi", "陈阿根"), (0, "chaxi", "兰水英"), (0, "yunling", "雷成林"), (2, "shangtang", "王建国"),
    (2, "xiatang", "李秀英"), (2, "shangtang", "张有才"), (2, "liuan", "何小芳"), (5, "shigu", "石玉梅"),
)  # fmt: skip


def build(township: Any) -> None:
    """What was held, what comes by its series, what people can sign up for."""
    _study(township)
    _coaching(township)
    _writing(township)
    _villagers(township)


def _study(township: Any) -> None:
    course = Course.objects.create(
        title="每月学习", kind=CourseKind.STUDY, unit=township.units["dangzheng"], contact=township.people[OFFICE],
        about="政策文件、效能建设要求和身边的案例，学完要能说出和自己岗位有什么关系。", everybody=True,
    )  # fmt: skip
    rule = _rule(course, Rhythm.MONTHLY, 1, 4, datetime.time(9), 90, township.people["leading_group"], township)
    _held_before(township, rule, 4)
    _make_due(course)


def _coaching(township: Any) -> None:
    course = Course.objects.create(
        title="季度业务辅导", kind=CourseKind.COACHING, unit=township.units["dangzheng"],
        contact=township.people[OFFICE], about="各站所负责人一起过一遍本季度办得慢、退得多的事项，当场定改法。",
    )  # fmt: skip
    rule = _rule(course, Rhythm.QUARTERLY, 3, 2, datetime.time(14, 30), 120, township.people["leader"], township)
    _held_before(township, rule, 5)
    _make_due(course)


def _writing(township: Any) -> None:
    course = Course.objects.create(
        title="公文写作与格式", kind=CourseKind.COURSE, unit=township.units["dangzheng"],
        contact=township.people[OFFICE], about="通知、报告、请示各写一篇，当场改。",
    )  # fmt: skip
    day = calendar().next_working_day(township.day(9))
    session = _planned(township, course, moment(day, datetime.time(14)), 3, HALL, township.people["approver"], seats=12)
    for key in ("qizhiqiang", "helanying", "luyao"):
        person = township.people[key]
        enrolments.enrol(session, person, person.user)


def _villagers(township: Any) -> None:
    index = TrainingIndexPage.objects.first() or township.publish(
        TrainingIndexPage(
            title="群众培训",
            slug="training",
            show_in_menus=True,
            introduction="种茶、电焊、防诈骗、急救：在哪个村、什么时候、怎么报名。都不收费，不用注册。",
        ),
        Site.objects.get(is_default_site=True).root_page,
        days_ago=120,
    )
    made = []
    for number, (title, unit, about, text) in enumerate(FOR_VILLAGERS):
        course = Course.objects.create(
            title=title, kind=CourseKind.VILLAGERS, unit=township.units[unit], contact=township.people[OFFICE],
            about=about, returning=number == 1,
        )  # fmt: skip
        slug = ("tea", "welding", "fraud", "first-aid")[number]
        township.publish(CoursePage(title=title, slug=slug, course=course, body=blocks_from_text(text)), index, 30)
        made.append(course)
    sessions = []
    for number, days, hour, hours, village, place, seats, guest in SESSIONS:
        begins = moment(township.day(days), datetime.time(hour))
        where = township.units[village] if village else None
        sessions.append(
            _planned(
                township, made[number], begins, hours, place, None, seats=seats, village=where, guest_trainer=guest
            )
        )
    for line, (number, village, name) in enumerate(SIGN_UPS):
        one = Enrolment(session=sessions[number], village=township.units[village], name=name, phone=f"8812{line:04}")
        enrolments.sign_up(one)


def _rule(
    course: Course, rhythm: str, week: int, weekday: int, starts: Any, minutes: int, trainer: Any, town: Any
) -> Any:
    return SeriesRule.objects.create(
        course=course, rhythm=rhythm, week=week, weekday=weekday, starts=starts, minutes=minutes, place=HALL,
        trainer=trainer, since=town.day(-300),
    )  # fmt: skip


def _held_before(township: Any, rule: SeriesRule, months: int) -> None:
    """What the series made in the months before this one; `sample.attendance` says who came and closes them."""
    user, days, now = township.user(OFFICE), calendar(), timezone.now()
    first = township.today.replace(day=1)
    for _number in range(months):
        first = (first - DAY).replace(day=1)
        slot = slot_of(rule, first, days)
        begins = moment(slot.day, rule.starts)
        if begins >= now or (rule.rhythm == Rhythm.QUARTERLY and first.month % 3 != 1):
            continue
        session = courses.make_from_series(slot, begins - 20 * DAY)
        if session is not None and rule.rhythm == Rhythm.QUARTERLY:
            for key in ("hall_director", "qizhiqiang", "shizhenbang"):
                enrolments.enrol(session, township.people[key], user, begins - 5 * DAY)


def _make_due(course: Course) -> None:
    """What the series are due to make by now; what was made at night is there in the morning."""
    now = timezone.now()
    for slot in list(due_slots(now, calendar())):
        if slot.rule.course_id == course.pk:
            courses.make_from_series(slot, now)


def _planned(
    township: Any, course: Course, begins: datetime.datetime, hours: int, place: str, trainer: Any, **more: Any
) -> Session:
    user = township.user(OFFICE)
    ends = begins + datetime.timedelta(hours=hours)
    session = Session(course=course, starts_at=begins, ends_at=ends, place=place, trainer=trainer, **more)
    return courses.open_sign_up(courses.plan(session, user), user)
