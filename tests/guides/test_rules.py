"""Whatever the checks let pass keeps every rule of requirement E; whatever breaks one is refused, each by its field."""

import time
from decimal import Decimal

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from wagtail.models import Page

from guides.domain.checks import problems
from guides.longest import MOST_PLACES, longest_way
from guides.models import GuidePage, GuidePlace, GuidesSettings
from tests.guides.conftest import complete, material, question, step
from tests.guides.rules import broken

CHANGES = {
    **{name: st.just("") for name in ("summary", "item_kind", "level", "audience", "scope", "contact_phone")},
    **{name: st.just("") for name in ("complaint_phone", "result_name", "remedies", "no_sample_reason", "conditions")},
    "case_kind": st.sampled_from(["", "instant", "agency", "joint"]),
    "conditions": st.sampled_from(["", "<p> </p>", "<ul><li>本镇户口</li></ul>"]),
    "complaint_phone": st.sampled_from(["", "88120311", "8812-0311", "12345"]),
    "steps": st.sampled_from([[], [step(f"第{number}关") for number in range(40)], [step("关") for _ in range(41)]]),
    "basis": st.lists(
        st.sampled_from(["", "社会救助暂行办法"]).map(
            lambda title: {"type": "basis", "value": {"title": title, "article": "", "page": None}}
        ),
        max_size=2,
    ),
    "answers": st.sampled_from(["", "能。"]).map(
        lambda text: [{"type": "answer", "value": {"question": "能代办吗？", "answer": text}}]
    ),
    "materials": st.lists(
        st.builds(material, st.sampled_from(["身份证", "户口簿", ""]), only_for=st.sampled_from(["", "1A", "1A 2C"])),
        max_size=2,
    ),
    "no_materials": st.booleans(),
    "fee": st.just("每证10元"),
    "fee_basis": st.sampled_from(["", "省价费〔2019〕3号"]),
    "at_window": st.booleans(),
    "by_agent": st.booleans(),
    "online": st.sampled_from(["", "https://example.gov.cn/"]),
    "visits": st.sampled_from([None, 0, 1]),
    "visits_reason": st.sampled_from(["", "要签字"]),
    "statutory_limit": st.sampled_from([None, 10, 20, 21, 28]),
    "statutory_unit": st.sampled_from(["working", "natural"]),
    "no_statutory_limit": st.booleans(),
    "promised_limit": st.sampled_from([None, 10, 14, 20, 28]),
    "promised_unit": st.sampled_from(["working", "natural"]),
}  # fmt: skip
# Mostly nothing or little is changed, so that guides pass, and also each rule alone is broken.
changes = st.lists(st.sampled_from(sorted(CHANGES)), max_size=5, unique=True).flatmap(
    lambda names: st.fixed_dictionaries({name: CHANGES[name] for name in names})
)
answer_lists = st.lists(st.sampled_from(["本人", "代办", "亲属", "邻居"]), min_size=2, max_size=3, unique=True)
asked = st.lists(
    st.builds(
        lambda text, given: question(text, *given),
        st.sampled_from(["谁来？", "急吗？", "第一次吗？", ""]),
        st.one_of(answer_lists, answer_lists, st.just(["本人"])),
    ),
    max_size=2,
)  # fmt: skip
labels = st.sampled_from(["齐全", "不齐", "同意", ""])


@st.composite
def procedures(draw):
    """Two to six steps, most of them sound: ways on, back, past and to the end; some for certain answers only."""
    count = draw(st.integers(1, 6))
    targets = st.sampled_from([*map(str, range(count + 1)), *map(str, range(1, count + 1)), "9", ""])
    rows = []
    for number in range(1, count + 1):
        ways = []
        if draw(st.integers(0, 2)) == 0:
            onward = st.sampled_from([str(one) for one in range(number + 1, count + 1)] or ["0"])
            some = st.one_of(onward, onward, onward, targets)
            ways = draw(st.lists(st.tuples(st.one_of(st.just("齐全"), st.just("不齐"), labels), some), max_size=3))
        rows.append(
            step(
                draw(st.sampled_from(["受理", "审核", "公示", "决定", "受理", "审核", "公示", ""])),
                draw(st.sampled_from([None, 0, 0, 1, 3, 5, 10])),
                unit=draw(st.sampled_from(["working", "natural"])),
                post=draw(st.sampled_from(["窗口", "窗口", "窗口", "窗口", ""])),
                ways=ways,
                only_for=draw(st.sampled_from(["", "", "", "", "1A", "1B 1C", "2A", "1A 2B"])),
            )
        )
    return rows


guides = st.one_of(
    st.builds(lambda changed: complete(**changed), changes),
    st.builds(lambda rows, asked: complete(steps=rows, questions=asked), procedures(), asked),
    st.builds(
        lambda rows, asked, changed: complete(**{"steps": rows, "questions": asked, **changed}),
        procedures(),
        asked,
        changes,
    ),
)
EVERY_RULE = {
    *("summary", "item_kind", "case_kind", "level", "audience", "scope", "contact_phone", "complaint_phone"),
    *("result_name", "remedies", "conditions", "responsible_unit", "basis", "materials", "no_materials", "fee_basis"),
    *("no_sample_reason", "at_window", "places", "visits", "visits_reason", "statutory_limit", "no_statutory_limit"),
    *("promised_limit", "steps", "questions", "answers"),
}


def test_whatever_passes_keeps_every_rule_and_whatever_breaks_some_is_refused_for_each_of_them(index, hall, team):
    said, passed = set(), []

    @settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
    @given(
        guides, st.sampled_from([team, team, team, None]), st.sampled_from([1, 1, 1, 0]), st.sampled_from(["1.4", "1"])
    )
    def hold(values, unit, places, per_working):
        GuidesSettings.objects.update_or_create(pk=1, defaults={"natural_per_working": Decimal(per_working)})
        guide = GuidePage(responsible_unit=unit, **values)
        guide.places = [GuidePlace(unit=hall)] * places
        found = list(problems(guide))
        wrong = broken(values, unit, places, Decimal(per_working))
        assert {problem.field for problem in found} == wrong
        assert all(str(problem.message).endswith("。") for problem in found)
        event("passes" if not wrong else "refused")
        said.update(wrong)
        passed.append(not wrong)

    hold()
    # What was made up tries every rule, and enough of it passes.
    assert said == EVERY_RULE
    assert sum(passed) > 40


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    derandomize=True,
)
@given(guides)
def test_any_draft_can_be_kept(index, values):
    index.refresh_from_db()
    guide = index.add_child(instance=GuidePage(slug=f"g{Page.objects.count()}", **values))
    guide.save_revision()
    kept = GuidePage.objects.get(pk=guide.pk).get_latest_revision_as_object()
    assert [row.value["name"] for row in kept.steps] == [row["value"]["name"] for row in values["steps"]]
    assert {name: getattr(kept, name) for name in ("summary", "promised_limit", "visits")} == {
        name: values[name] for name in ("summary", "promised_limit", "visits")
    }


def test_the_longest_way_goes_back_to_a_step_that_was_passed_by():
    # The simple case goes 1 → 3; checked again at 2 it leads on to 5: ten and ten days, in whichever order.
    for ways in (["2", "3"], ["3", "2"]):
        onward = {"1": ways, "2": ["3", "5"], "3": ["4", "2"], "4": [], "5": ["4"]}
        days = {"1": Decimal(1), "2": Decimal(1), "3": Decimal(10), "4": Decimal(0), "5": Decimal(10)}
        assert longest_way("1", onward, days) == (Decimal(22), ("1", "3", "2", "5", "4"))


def test_forty_steps_with_shortcuts_and_a_way_back_to_the_first_are_measured_exactly():
    onward = {str(one): [str(one + 1), str(min(one + 2, 40)), "1"] for one in range(1, 40)} | {"40": []}
    days = dict.fromkeys(onward, Decimal(1))
    assert longest_way("1", onward, days) == (Decimal(40), tuple(map(str, range(1, 41))))


def test_what_winds_too_much_to_be_tried_is_measured_by_all_its_steps():
    onward = {str(one): [str(other) for other in range(14) if other != one] for one in range(14)}
    days = dict.fromkeys(onward, Decimal(2))
    assert MOST_PLACES < 2**14
    assert longest_way("0", onward, days)[0] == Decimal(28)


def test_five_questions_with_five_answers_and_forty_steps_are_looked_at_in_little_time(draft):
    guide = draft(
        questions=[question(f"问题{number}", *"甲乙丙丁戊") for number in range(5)],
        steps=[
            step(f"第{number}关", only_for=f"{number % 5 + 1}{'ABCDE'[number % 3]}" if number else "")
            for number in range(40)
        ],
    )
    begun = time.process_time()
    found = list(problems(guide))
    assert time.process_time() - begun < 5
    assert [str(problem.field) for problem in found] == []
