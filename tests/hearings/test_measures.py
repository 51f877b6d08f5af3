"""Measures: issued, moved with a reason, shown to be done or publicly explained."""

import datetime
import io

import docx
import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image as Picture
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import ModelLogEntry

from hearings.domain.lifecycle import measures
from hearings.domain.progress import progress_of
from hearings.enums import MeasureKind, MeasureState
from hearings.models import MEASURE_CLOCK, Evidence, Measure
from suite.clock.domain import clocks_of
from suite.clock.models import CalendarDay
from tests.hearings.sittings import account, person, said_by

DUE = datetime.date(2026, 12, 4)
DATE = datetime.date.fromisoformat


@pytest.fixture
def issue(held):
    """issue(**changes): a time-limited commitment to the problem that has a conclusion."""

    def now(user=None, **changes):
        values = {
            "problem": held.problem, "kind": MeasureKind.COMMITMENT, "text": " 装路灯20盏 ", "unit": held.team,
            "handler": held.handler, "due": DUE, **changes,
        }  # fmt: skip
        return measures.issue_measure(Measure(**values), user or held.user)

    return now


def document(name, content):
    return get_document_model().objects.create(title="佐证", file=ContentFile(content, name))


def picture(name="lamp.png"):
    content = io.BytesIO()
    Picture.new("RGB", (4, 4)).save(content, "PNG")
    return get_image_model().objects.create(title="路灯", file=ContentFile(content.getvalue(), name))


def word(*extra):
    content = io.BytesIO()
    docx.Document().save(content)
    if extra:
        import zipfile

        with zipfile.ZipFile(content, "a") as parts:
            for name in extra:
                parts.writestr(name, b"x")
    return content.getvalue()


def shown(*things):
    return [Evidence(document=one) if isinstance(one, get_document_model()) else Evidence(image=one) for one in things]


# Issuing


def test_a_commitment_has_a_unit_and_a_day_on_the_clock(issue, held):
    measure = issue()
    assert (measure.text, measure.due, measure.state, measure.issued_by) == (
        "装路灯20盏", DUE, MeasureState.OPEN, held.user,
    )  # fmt: skip
    (clock,) = clocks_of(MEASURE_CLOCK, measure.pk)
    assert (clock.due, clock.amount, clock.unit, clock.rule) == (DUE, 10, "natural", "hearings.promise")


def test_a_day_off_moves_to_the_next_working_day_as_the_clock_has_it(issue):
    assert issue(due=DATE("2026-12-05")).due == DATE("2026-12-07")


def test_what_was_done_on_the_spot_has_no_day_and_is_carried_out(issue, time):
    measure = issue(kind=MeasureKind.DONE, due=DUE, text="当场退还多收的水费")
    assert (measure.state, measure.due, measure.result, measure.ended_on) == (
        MeasureState.DONE, None, "当场退还多收的水费", time.now.date(),
    )  # fmt: skip
    assert not clocks_of(MEASURE_CLOCK, measure.pk).exists()


@pytest.mark.parametrize("due", [None, DATE("2026-11-24"), DATE("2026-11-01"), DATE("2046-11-24")])
def test_a_measure_has_a_day_after_today(issue, due):
    with pytest.raises(ValidationError) as refusal:
        issue(due=due)
    assert refusal.value.message_dict == {"due": ["期限是哪一天？请选择今天以后的日期，群众会看到。"]}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("给张三丰家装路灯", "这段文字会公开，里面有人的全名（张**）：请写姓加星号，或者写村名。"),
        ("联系13800138000", None),
        ("  ", "此字段不能为空。"),
    ],
)
def test_the_text_of_a_measure_is_fit_for_the_public(issue, text, told):
    with pytest.raises(ValidationError) as refusal:
        issue(text=text)
    assert list(refusal.value.message_dict) == ["text"]
    assert told is None or said_by(refusal) == told
    assert Measure.objects.count() == 0


def test_what_has_a_conclusion_is_not_studied(issue, held):
    with pytest.raises(ValidationError) as refusal:
        issue(kind=MeasureKind.STUDY)
    assert refusal.value.message_dict == {"kind": ["这个问题已有结论：请下达落实结论的措施。"]}
    assert issue(kind=MeasureKind.STUDY, problem=held.studied).kind == MeasureKind.STUDY


def test_unit_and_handler_serve_today(issue, held):
    with pytest.raises(ValidationError) as refusal:
        issue(handler=held.chair, unit=held.office)
    assert said_by(refusal) == "顾明远在党政办公室没有任职：请选择该单位的人，或者留空，由单位负责人承办。"
    # The leader in charge of the team's centre.
    assert issue(handler=held.chair).handler == held.chair
    held.team.until = DATE("2026-10-01")
    held.team.save()
    with pytest.raises(ValidationError) as refusal:
        issue()
    assert refusal.value.message_dict == {"unit": ["这个单位已经撤销：请选择现在承担其职责的单位。"]}


def test_no_measure_before_the_session_is_closed_or_without_the_right(room, held, issue):
    with pytest.raises(ValidationError) as refusal:
        issue(user=held.handler_user)
    assert said_by(refusal).startswith("您的账号")
    type(held.hearing).objects.filter(pk=held.hearing.pk).update(**{"state": "fixed"})
    with pytest.raises(ValidationError) as refusal:
        issue()
    assert said_by(refusal) == "措施在听证会结束以后、办结以前下达和填报。（目前：代表已确定。）"


def test_a_holiday_that_is_declared_later_moves_the_day_with_the_clock(issue):
    measure = issue()
    CalendarDay.objects.create(date=DUE, working=False, reason="停电")
    measure.refresh_from_db()
    assert measure.due == DATE("2026-12-07")


# Moving the day


def test_the_one_who_issued_it_moves_the_day_and_the_reason_is_kept(issue, held):
    measure = measures.move_due(issue(), DATE("2026-12-25"), " 变压器没有到货 ", held.user)
    change = measure.date_changes.get()
    assert (measure.due, change.before, change.after, change.reason, change.by) == (
        DATE("2026-12-25"), DUE, DATE("2026-12-25"), "变压器没有到货", held.user,
    )  # fmt: skip
    assert [(clock.state, clock.due) for clock in clocks_of(MEASURE_CLOCK, measure.pk).order_by("pk")] == [
        ("stopped", DUE),
        ("running", DATE("2026-12-25")),
    ]


def test_nobody_else_moves_the_day_not_even_a_colleague(issue, held):
    measure = issue()
    for user in (held.clerk, held.head_user, held.handler_user, held.chair_user):
        with pytest.raises(ValidationError) as refusal:
            measures.move_due(measure, DATE("2026-12-25"), "忙", user)
        assert said_by(refusal) == "只有下达这项措施的账号才能改期限：请找efficiency。"
    assert measure.date_changes.count() == 0


@pytest.mark.parametrize("gone", ["closed", "deleted"])
def test_where_that_account_is_gone_its_office_moves_the_day(issue, held, gone):
    measure = issue()
    if gone == "closed":
        held.user.is_active = False
        held.user.save()
    else:
        held.user.delete()
    with pytest.raises(ValidationError):
        measures.move_due(measure, DATE("2026-12-25"), "忙", held.head_user)
    assert measures.move_due(measure, DATE("2026-12-25"), "忙", held.clerk).due == DATE("2026-12-25")


@pytest.mark.parametrize(
    ("day", "reason", "field", "told"),
    [
        (DATE("2026-12-25"), "  ", "reason", "请填写原因，原因将会公开。"),
        (
            DATE("2026-12-25"),
            "李明不在家",
            "reason",
            "这段文字会公开，里面有人的全名（李*）：请写姓加星号，或者写村名。",
        ),
        (DATE("2026-11-24"), "忙", "day", "期限是哪一天？请选择今天以后的日期，群众会看到。"),
        (DUE, "忙", "day", "这项措施的期限就是这一天：请选择别的日期。"),
    ],
)
def test_a_day_moves_to_another_day_to_come_with_a_reason_fit_for_the_public(issue, held, day, reason, field, told):
    measure = issue()
    with pytest.raises(ValidationError) as refusal:
        measures.move_due(measure, day, reason, held.user)
    assert list(refusal.value.message_dict) == [field]
    assert told == said_by(refusal)
    measure.refresh_from_db()
    assert (measure.due, measure.date_changes.count()) == (DUE, 0)


# Done or explained


def test_a_measure_is_done_with_what_shows_it(issue, held, time):
    measure = issue()
    time.go(days=5)
    done = measures.report_done(measure, " 装好了 ", shown(picture(), document("a.docx", word())), held.handler_user)
    assert (done.state, done.result, done.ended_on) == (MeasureState.DONE, "装好了", time.now.date())
    assert [(bool(row.image), bool(row.document), row.added_by) for row in done.evidence.all()] == [
        (True, False, held.handler_user),
        (False, True, held.handler_user),
    ]
    assert [clock.stopped_on for clock in clocks_of(MEASURE_CLOCK, measure.pk)] == [time.now.date()]


def test_only_a_study_is_done_without_evidence(issue, held):
    with pytest.raises(ValidationError) as refusal:
        measures.report_done(issue(), "装好了", [], held.handler_user)
    assert refusal.value.message_dict == {"evidence": ["请提供佐证：添加图片或者文件。"]}
    study = issue(kind=MeasureKind.STUDY, problem=held.studied)
    assert measures.report_done(study, "水价不变。", [], held.handler_user).state == MeasureState.DONE


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        (
            "a.html",
            b"<script>",
            "“a.html”的格式不能用作佐证：请添加图片（JPG、PNG、GIF、WEBP）、PDF、Word（DOCX）或者 Excel（XLSX）文件。",
        ),
        (
            "a.docm",
            b"PK",
            "“a.docm”的格式不能用作佐证：请添加图片（JPG、PNG、GIF、WEBP）、PDF、Word（DOCX）或者 Excel（XLSX）文件。",
        ),
        ("a.pdf", b"MZ\x90program", "“a.pdf”的内容和文件名不符：请重新保存后再添加。"),
        ("a.docx", word("word/vbaProject.bin"), "“a.docx”里有宏：请另存为不带宏的 DOCX、XLSX 或者 PDF 后再添加。"),
        ("a.docx", b"no zip", "“a.docx”的内容和文件名不符：请重新保存后再添加。"),
        ("a.xlsx", word(), "“a.xlsx”的内容和文件名不符：请重新保存后再添加。"),
        ("a.pdf", b"%PDF-1.7" + b"0" * 20 * 1024 * 1024, "“a.pdf”超过 20 MB：请压缩，或者分成几个。"),
    ],
)
def test_a_file_is_looked_at_before_it_counts(issue, held, settings, tmp_path, name, content, told):
    settings.MEDIA_ROOT = tmp_path
    measure = issue()
    with pytest.raises(ValidationError) as refusal:
        measures.report_done(measure, "装好了", shown(document(name, content)), held.handler_user)
    assert refusal.value.message_dict == {"evidence": [told]}
    assert Evidence.objects.count() == 0


def test_evidence_is_one_thing_each_and_names_nobody(issue, held):
    measure = issue()
    with pytest.raises(ValidationError) as refusal:
        measures.report_done(measure, "装好了", [Evidence()], held.handler_user)
    assert said_by(refusal) == "每件佐证是一张图片或者一个文件。"
    with pytest.raises(ValidationError) as refusal:
        measures.report_done(measure, "装好了", shown(picture()) * 21, held.handler_user)
    assert said_by(refusal) == "图片和文件最多添加20个。"
    row = Evidence(image=picture(), title="张三丰家门口")
    with pytest.raises(ValidationError) as refusal:
        measures.report_done(measure, "装好了", [row], held.handler_user)
    assert list(refusal.value.message_dict) == ["evidence"]


def test_handler_head_leader_and_office_report_and_nobody_else(issue, held):
    person("外人", account("stranger", "cadre"), held.office)
    strangers = [account("without-person", "cadre"), type(held.user).objects.get(username="stranger")]
    measure = issue()
    for user in strangers:
        with pytest.raises(ValidationError) as refusal:
            measures.report_done(measure, "装好了", shown(picture()), user)
        assert said_by(refusal) == "这项措施由林业水利服务队填报：请找承办人，或者效能办。"
    for user in (held.handler_user, held.head_user, held.chair_user, held.clerk):
        fresh = type(user).objects.get(pk=user.pk)
        assert measures.report_done(issue(), "装好了", shown(picture()), fresh).state == MeasureState.DONE


def test_what_cannot_be_done_is_publicly_explained_by_the_office(issue, held):
    measure = issue()
    with pytest.raises(ValidationError) as refusal:
        measures.explain(measure, "没有钱", held.handler_user)
    assert said_by(refusal).startswith("您的账号")
    with pytest.raises(ValidationError) as refusal:
        measures.explain(measure, "  ", held.user)
    assert refusal.value.message_dict == {"result": ["请向群众说明没有落实的原因。"]}
    explained = measures.explain(measure, "县里明年统一安装。", held.user)
    assert (explained.state, explained.result) == (MeasureState.EXPLAINED, "县里明年统一安装。")


def test_what_has_ended_stays_as_it_is(issue, held):
    measure = measures.explain(issue(), "县里明年统一安装。", held.user)
    for move in (
        lambda: measures.explain(measure, "又一个理由", held.user),
        lambda: measures.report_done(measure, "装好了", shown(picture()), held.user),
        lambda: measures.move_due(measure, DATE("2026-12-25"), "忙", held.user),
    ):
        with pytest.raises(ValidationError) as refusal:
            move()
        assert said_by(refusal) == "这项措施已经结束（已公开说明原因）：如果还要办，请另外下达一项。"


def test_every_move_of_a_measure_is_in_the_log(issue, held):
    measure = issue()
    measures.move_due(measure, DATE("2026-12-25"), "变压器没有到货", held.user)
    measures.report_done(measure, "装好了", shown(picture()), held.handler_user)
    entries = ModelLogEntry.objects.filter(object_id=str(measure.pk), content_type__model="measure").order_by("pk")
    assert [(entry.action, entry.user.username) for entry in entries] == [
        ("hearings.issue", "efficiency"),
        ("hearings.move_due", "efficiency"),
        ("hearings.report_done", "did"),
    ]


def test_the_progress_is_counted_from_the_measures(issue, held, time):
    issue(kind=MeasureKind.DONE)
    late = issue()
    in_time = issue(due=DATE("2026-12-25"))
    issue()
    measures.explain(issue(), "县里明年统一安装。", held.user)
    time.go(days=20)
    measures.report_done(late, "装好了", shown(picture()), held.user)
    measures.report_done(in_time, "装好了", shown(picture()), held.user)
    assert str(progress_of(held.hearing)) == "承诺5项，完成3项，公开说明1项，超期2项"
