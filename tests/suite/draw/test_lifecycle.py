"""From the list to the result, in the order of requirement I; every refusal says what to do."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import ModelLogEntry

from suite.draw.algorithm import sha256
from suite.draw.domain import (
    PublicResult,
    Strings,
    Subject,
    amend,
    carry_out,
    close_hashes,
    commit,
    draw_again,
    draws_of,
    enter_result,
    freeze,
    prepare,
    reveal,
    selected,
    void,
    waiting_list,
    waiting_lists,
)
from suite.draw.domain.file import as_file
from suite.draw.listing import Candidate, Rules
from suite.draw.models import Draw, Secret
from suite.draw.verification import verify
from suite.signals import draw_freezing, draw_held, draw_voided
from tests.suite.draw.conftest import (
    DUE,
    FREEZE,
    LATER,
    PEOPLE,
    RESULT,
    RULES,
    STRINGS,
    VALUE,
    committed,
    drawn,
    frozen,
    prepared,
    revealed,
    seeded,
)

pytestmark = pytest.mark.django_db
TOO_LATE = DUE + datetime.timedelta(seconds=1)
NEXT = PublicResult("双色球第2026140期", RESULT.form, 14, DUE + datetime.timedelta(days=7))


def refused(function, *arguments, **named):
    """The words with which a function refuses; it must have changed nothing."""
    before = [*Draw.objects.order_by("pk").values()], [*Secret.objects.order_by("pk").values()]
    with pytest.raises(ValidationError) as refusal, transaction.atomic():
        function(*arguments, **named)
    assert ([*Draw.objects.order_by("pk").values()], [*Secret.objects.order_by("pk").values()]) == before
    return "".join(refusal.value.messages)


@pytest.fixture
def heard():
    """What the plugins heard: (signal, draw's key) in order."""
    told = []

    def held(draw, **kwargs):
        told.append(("held", draw.pk, draw.state))

    def voided(draw, **kwargs):
        told.append(("void", draw.pk, draw.state))

    draw_held.connect(held)
    draw_voided.connect(voided)
    yield told
    draw_held.disconnect(held)
    draw_voided.disconnect(voided)


def test_a_draw_by_a_public_result_comes_to_a_result(office, heard):
    draw = drawn(office)
    assert draw.state == "drawn"
    assert sha256(draw.list_text) == draw.list_sha256
    assert (draw.value, draw.seed_witness, draw.witnesses) == ("03071219253108", "陈立新", ["陈立新", "何秀英"])
    assert (len(selected(draw)), sum(map(len, waiting_lists(draw).values()))) == (4, 2)
    assert sorted([*selected(draw), *waiting_list(draw)]) == [one.key for one in PEOPLE]
    assert waiting_list(draw) != []
    assert {key: waiting_list(draw, key) for key in waiting_lists(draw)} == waiting_lists(draw)
    assert heard == [("held", draw.pk, "drawn")]


def test_the_list_is_published_as_it_is_at_that_moment(office):
    """A plugin takes out who left since the draw was prepared."""

    def take_one_out(draw, user, at, **kwargs):
        told.append((draw.pk, user, at))
        amend(draw, user, candidates=draw.people[1:])

    told, draw = [], prepared(office)
    draw_freezing.connect(take_one_out)
    try:
        listed = freeze(draw, office, at=FREEZE).listing
    finally:
        draw_freezing.disconnect(take_one_out)
    assert told == [(draw.pk, office, FREEZE)]
    assert [one.key for one in listed.candidates] == [one.key for one in PEOPLE[1:]]


def test_a_draw_by_strings_comes_to_a_result_of_its_own(office):
    draw = drawn(office, draw=revealed(office))
    assert (draw.state, draw.value, len(selected(draw))) == ("drawn", "", 4)
    assert [secret.text for secret in draw.secrets.all()] == [*STRINGS.values()]


def test_everything_that_happens_is_in_the_log(office, witness):
    draw = freeze(prepared(office), office, at=FREEZE)
    draw = enter_result(draw, VALUE, "官网", "陈立新", witness, at=LATER)
    carry_out(draw, ["陈立新"], office, at=LATER)
    entries = ModelLogEntry.objects.filter(object_id=str(draw.pk)).order_by("pk")
    assert [(entry.action, entry.user) for entry in entries if entry.action.startswith("draw.")] == [
        ("draw.prepare", office),
        ("draw.freeze", office),
        ("draw.enter_result", witness),
        ("draw.carry_out", office),
    ]


@pytest.mark.parametrize(
    ("people", "rules", "words"),
    [
        ([], RULES, "没有候选人。请加入可以被抽取的人。"),
        ([*PEOPLE, PEOPLE[0]], RULES, "名单里重复：s1。请各去掉一个。"),
        ([Candidate("张三", "张*")], Rules(1), "“张三”不能用作候选人编号：只能用字母、数字和._:-，最多60个字符。"),
        ([Candidate("13812345678", "张*")], Rules(1), "“张*”的编号是个人号码；编号会公开，请换一个。"),
        ([Candidate("a", " ")], Rules(1), "候选人“a”需要一个可以公开的称呼，最多80个字。"),
        ([Candidate("a", "张三 13812345678")], Rules(1), "候选人“a”：这里有个人号码，而这一项会公开：请去掉。"),
        ([Candidate("a", "张\u202e三")], Rules(1), "候选人“a”：这里有看不见的字符。请重新输入。"),
        ([Candidate("a", "张*", last=-1)], Rules(1), "“张*”：距上次抽中的次数不能是负数。"),
        (PEOPLE, Rules(0), "至少抽一人：请填写名额。"),
        (PEOPLE, Rules(2, rest=-1), "名额和次数不能是负数。"),
        (PEOPLE, Rules(2, {"柳岸村": -1}), "名额和次数不能是负数。"),
        (
            PEOPLE,
            Rules(2, {"柳岸村": 2, "石桥村": 1}),
            "各组保底名额共3个，总名额只有2个。请增加总名额，或减少保底名额。",
        ),
        (PEOPLE, Rules(2, {"柳安村": 1}), "柳安村有保底名额，名单里却没有人。请去掉这些名额，或补上候选人。"),
    ],
)
def test_what_cannot_be_drawn_is_refused(people, rules, words):
    assert refused(prepared, people=people, rules=rules) == words


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"source": "双色球下一期"}, "请写明以哪一次公开结果为准，带上期号或日期。"),
        ({"source": ""}, "请填写：这一项随抽签一起公布。"),
        ({"form": "写" * 201}, "最多200个字，请缩短。"),
        ({"digits": 4}, "请填写按这种写法共有几位数字：5到40位。"),
        ({"digits": 41}, "请填写按这种写法共有几位数字：5到40位。"),
    ],
)
def test_a_public_result_that_leaves_a_choice_is_refused(change, words):
    told = {"source": RESULT.source, "form": RESULT.form, "digits": 14, "due": DUE, **change}
    assert refused(prepared, seed=PublicResult(**told)) == words


def test_a_list_cannot_be_published_when_the_seed_may_be_known():
    draw = prepared()
    assert (
        refused(freeze, draw, None, at=DUE)
        == "种子的时间2026-11-24 21:30已经过去，结果可能已有人知道。请改用以后才产生的结果。"
    )
    assert freeze(draw, None, at=DUE - datetime.timedelta(seconds=1)).state == "frozen"


def test_a_draw_is_changed_until_its_list_is_published_and_never_after(office):
    draw = amend(prepared(office), office, candidates=PEOPLE[:3], rules=Rules(1), title="改名", seed=Strings(DUE))
    assert (draw.people, draw.parsed_rules, draw.title, draw.mode, draw.digits) == (
        PEOPLE[:3],
        Rules(1),
        "改名",
        "strings",
        0,
    )
    same = amend(draw, office)
    assert (same.people, same.parsed_rules, same.title, same.mode) == (PEOPLE[:3], Rules(1), "改名", "strings")
    draw = freeze(draw, office, at=FREEZE)
    assert refused(amend, draw, office, candidates=PEOPLE) == "名单已经公布，不能再改。现在的状态：名单已公布。"
    assert refused(freeze, draw, office, at=FREEZE) == "名单已经公布。现在的状态：名单已公布。"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("candidates", [["s1", "别人", "柳岸村", 0]]),
        ("rules", {"total": 5, "seats": [], "rest": 0}),
        ("title", "别的"),
        ("due_at", LATER),
        ("source", "双色球第2026137期"),
        ("frozen_at", LATER),
        ("public_id", "0000000000"),
    ],
)
def test_a_published_list_is_not_saved_otherwise(field, value):
    draw = frozen()
    setattr(draw, field, value)
    assert refused(draw.save) == f"“{draw.title}”公布的名单不能修改。请写明原因作废，再重新抽签。"


def test_a_list_changed_behind_our_back_is_never_drawn():
    draw = seeded()
    Draw.objects.filter(pk=draw.pk).update(candidates=[["s9", "别人", "柳岸村", 0]])
    assert "公布的名单不能修改" in refused(carry_out, draw, ["陈立新"], None)


def test_the_result_is_entered_by_somebody_else_after_it_was_due_and_once(office, witness):
    draw = frozen(office)
    early = "公开结果要到2026-11-24 21:30才产生，在那之前谁也不会知道。请到时再录入。"
    assert refused(enter_result, draw, VALUE, "官网", "陈", witness, at=DUE - datetime.timedelta(seconds=1)) == early
    own = "名单是您公布的，公开结果要由别人录入：请效能监督员或领导录入。"
    assert refused(enter_result, draw, VALUE, "官网", "陈", office, at=DUE) == own
    for bad in ("03 07 12", "三 07 12 19 25 31 + 08", "", "03 07 12 19 25 31 08 1"):
        words = f"公布的名单规定：结果有14位数字，写法是“{RESULT.form}”。请照此录入。"
        assert refused(enter_result, draw, bad, "官网", "陈", witness, at=DUE) == words
    for missing in (("", "陈"), ("官网", " ")):
        assert refused(enter_result, draw, VALUE, *missing, witness, at=DUE) == "请填写：这一项随抽签一起公布。"
    draw = enter_result(draw, "０３，07、12 19-25/31|08", "官网", "陈", witness, at=DUE)
    assert (draw.value, draw.seeded_by) == ("03071219253108", witness)
    again = "公开结果在名单公布之后录入一次。现在的状态：种子已产生。"
    assert refused(enter_result, draw, VALUE, "官网", "陈", witness, at=LATER) == again


def test_hashes_come_after_the_list_and_before_the_strings(office):
    order = "指纹要在名单公布之后、截止登记之前登记。现在的状态："
    draw = prepared(office, seed=Strings(DUE))
    assert refused(commit, draw, "甲", sha256("甲"), office) == order + "准备中。"
    draw = freeze(draw, office, at=FREEZE)
    assert refused(reveal, draw, 1, "甲", office) == "截止登记指纹之后才能亮暗号，每人一次。现在的状态：名单已公布。"
    first = commit(draw, "甲", f" {sha256('a').upper()[:30]} {sha256('a').upper()[30:]}\n", office, at=FREEZE)
    assert (first.number, first.sha256, first.text) == (1, sha256("a"), "")
    wrong = "指纹有64个字符，只含0到9和a到f。请完整抄录指纹；暗号本身仍要保密。"
    assert refused(commit, draw, "乙", "今夜有雨", office, at=FREEZE) == wrong
    assert refused(commit, draw, "甲", sha256("b"), office, at=FREEZE) == "甲的指纹已经登记；一人只登记一个。"
    copied = "这个指纹与甲登记过的完全相同。每人每次抽签都要另写一个自己的暗号。"
    assert refused(commit, draw, "乙", sha256("a"), office, at=FREEZE) == copied
    commit(draw, "乙", sha256("b"), office, at=FREEZE)
    few = "现在登记了2个指纹，至少要有三个人参加。请先登记其他人的指纹。"
    assert refused(close_hashes, draw, office) == few
    over = "亮暗号的时间到2026-11-24 21:30为止，已经过去，这次抽签作废。请以此为由重新抽签。"
    assert refused(commit, draw, "丙", sha256("c"), office, at=TOO_LATE) == over
    commit(draw, "丙", sha256("c"), office, at=FREEZE)
    draw = close_hashes(draw, office)
    assert refused(commit, draw, "丁", sha256("d"), office, at=FREEZE) == order + "指纹已收齐。"
    assert refused(close_hashes, draw, office) == "指纹登记已经截止。现在的状态：指纹已收齐。"


def test_a_string_is_shown_once_in_time_and_gives_its_hash(office):
    draw = committed(office)
    wrong = "这个暗号与登记的周国平的指纹不符。请逐字核对，注意大小写和前后的空格。"
    for text in ("今夜有雨 7392-aq ", "今夜有雨 7392-AQ", ""):
        assert refused(reveal, draw, 1, text, office, at=FREEZE) == wrong
    assert refused(reveal, draw, 9, "甲", office, at=FREEZE) == "请选择还没有亮暗号的人。"
    texts = [*STRINGS.values()]
    assert reveal(draw, 2, texts[1], office, at=FREEZE).state == "committed"
    assert refused(reveal, draw, 2, texts[1], office, at=FREEZE) == "请选择还没有亮暗号的人。"
    over = "亮暗号的时间到2026-11-24 21:30为止，已经过去，这次抽签作废。请以此为由重新抽签。"
    assert refused(reveal, draw, 1, texts[0], office, at=TOO_LATE) == over
    reveal(draw, 1, texts[0], office, at=FREEZE)
    assert reveal(draw, 3, texts[2], office, at=DUE).state == "seeded"


def test_a_string_may_hold_any_blanks_and_signs_but_is_one_line(office):
    texts = [" 前后有空格 ", "全角\u3000空格😀", "a\tb", "两行\n"]
    draw = frozen(office, seed=Strings(DUE))
    for number, words in enumerate(texts, 1):
        commit(draw, f"第{number}人", sha256(words), office, at=FREEZE)
    draw = close_hashes(draw, office, at=FREEZE)
    for number in (1, 2):
        reveal(draw, number, texts[number - 1], office, at=FREEZE)
    assert [check.agrees for check in verify(as_file(draw))][:4] == [True, True, True, None]
    for number in (3, 4):
        lines = "这个暗号不止一行，不能使用。请把这次抽签作废，再重新抽签。"
        assert refused(reveal, draw, number, texts[number - 1], office, at=FREEZE) == lines


def test_a_draw_by_one_seed_takes_no_other(office):
    by_result, by_strings = frozen(office), frozen(office, key="2", seed=Strings(DUE))
    fixed = "这次抽签的名单规定，种子取自公开结果。"
    for function, arguments in ((commit, ("甲", sha256("a"))), (close_hashes, ()), (reveal, (1, "a"))):
        assert refused(function, by_result, *arguments, office) == fixed
    assert refused(enter_result, by_strings, VALUE, "官网", "陈", None) == "这次抽签的名单规定，种子取自多人暗号。"


def test_a_draw_is_held_before_witnesses_when_the_seed_is_known_and_once(office, heard):
    draw = frozen(office)
    assert refused(carry_out, draw, ["陈"], office) == "种子还没有产生，不能抽签。现在的状态：名单已公布。"
    draw = enter_result(draw, VALUE, "官网", "陈", None, at=LATER)
    assert refused(carry_out, draw, [" ", ""], office) == "请写明在场见证人，至少一名，每行一名。"
    draw = carry_out(draw, ["陈", "何", "陈 "], office)
    assert draw.witnesses == ["陈", "何"]
    assert refused(carry_out, draw, ["陈"], office) == "这次抽签已经完成，结果在它的页面上。"
    assert [what for what, _key, _state in heard] == ["held"]


def test_what_a_plugin_refuses_when_it_hears_the_result_undoes_the_draw(office):
    draw = seeded(office)

    def object_to_it(draw, **kwargs):
        raise ValidationError("听证会已取消")

    draw_held.connect(object_to_it)
    try:
        assert refused(carry_out, draw, ["陈"], office) == "听证会已取消"
    finally:
        draw_held.disconnect(object_to_it)


@pytest.mark.parametrize("stage", [prepared, frozen, committed, seeded, revealed])
def test_a_draw_without_result_can_be_void_with_a_reason_once(office, heard, stage):
    draw = stage(office)
    assert refused(void, draw, "  ", office) == "请填写：这一项随抽签一起公布。"
    draw = void(draw, "名单有误", office)
    assert (draw.state, draw.void_reason, draw.result) == ("void", "名单有误", None)
    assert refused(void, draw, "再废", office) == "这次抽签已经作废。现在的状态：作废。"
    assert heard == [("void", draw.pk, "void")]


def test_a_result_stands_and_is_not_made_void(office):
    draw = drawn(office)
    assert refused(void, draw, "不满意", office) == "这次抽签已有结果，结果保留。如有问题，请写明原因重新抽签。"


def test_a_subject_is_not_drawn_twice_in_silence(office):
    first = prepared(office)
    busy = "“柳岸村饮水安全效能听证会”的抽签“饮水安全听证会代表抽签”还在进行。请先完成它，或写明原因作废。"
    assert refused(prepared, office) == busy
    assert refused(draw_again, first, "重抽", office, seed=RESULT) == busy
    first = drawn(office, draw=enter_result(freeze(first, office, at=FREEZE), VALUE, "官网", "陈", None, at=LATER))
    told = "“柳岸村饮水安全效能听证会”已经抽过签。请从那次抽签发起重抽并写明原因；两次都保留公开。"
    assert refused(prepared, office) == told
    assert refused(draw_again, first, "", office, seed=NEXT) == "请填写：这一项随抽签一起公布。"
    second = draw_again(first, "报名时漏登两人", office, seed=NEXT)
    assert (second.again_of, second.people, second.parsed_rules) == (first, first.people, first.parsed_rules)
    second = freeze(second, office, at=LATER)
    assert f"重抽\t{first.public_id}\t报名时漏登两人\n" in second.list_text
    second = void(second, "期号写错", office)
    late = "这次抽签已经重抽过。请从最后一次发起重抽。"
    assert refused(draw_again, first, "重抽", office, seed=NEXT) == late
    third = draw_again(second, "期号写错", office, seed=NEXT, candidates=PEOPLE[:4], rules=Rules(2))
    assert [draw.pk for draw in draws_of("hearings.hearing", 1)] == [first.pk, second.pk, third.pk]
    assert (third.people, third.parsed_rules) == (PEOPLE[:4], Rules(2))


def test_a_draw_given_up_before_anybody_saw_it_makes_room(office):
    first = void(prepared(office), "先不抽", office)
    gone = "那次抽签在公布名单之前就已放弃。请重新准备一次。"
    assert refused(draw_again, first, "再来", office, seed=RESULT) == gone
    first = drawn(office)
    void(draw_again(first, "重抽", office, seed=NEXT), "不重抽了", office)
    assert draw_again(first, "还是重抽", office, seed=NEXT).again_of == first


def test_what_is_drawn_for_and_the_name_are_public_and_checked(office):
    def named(**changes):
        told = {"title": "抽签", "purpose": "选代表", "subject": Subject("a.b", 1, "事项"), **changes}
        return refused(prepare, office, candidates=PEOPLE, rules=RULES, seed=RESULT, **told)

    assert named(title="") == named(purpose=" ") == "请填写：这一项随抽签一起公布。"
    assert named(title="题" * 121) == "最多120个字，请缩短。"
    assert named(purpose="找张三13812345678") == "这里有个人号码，而这一项会公开：请去掉。"
    assert named(subject=Subject("a.b", 1, "")) == "请填写：这一项随抽签一起公布。"
