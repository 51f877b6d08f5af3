"""The sample township's guides: what a visitor finds there, published through the gate like any other."""

import datetime
import zipfile

import pytest
from django.db import transaction
from django.utils.timezone import localdate
from wagtail import hooks
from wagtail.documents import get_document_model
from wagtail.models import Page, Site

from demo.domain.build import build
from guides.domain.checks import problems
from guides.enums import CaseKind, ItemKind, Version
from guides.limits import days_per_working_day, promised
from guides.listing import in_force
from guides.models import GuideIndexPage, GuidePage, LifeEvent, PlainWord
from guides.procedure import chart, longest_path
from guides.sample import GUIDES, LIFE_EVENTS, PLAIN_WORDS
from guides.variants import every_variant, kept, questions
from suite.publishing.models import Clearance

POLICY = "石桥镇临时救助实施办法"


@pytest.fixture(scope="module")
def built_guides(django_db_setup, django_db_blocker):
    """The sample's organisation and guides, beside a page that has the title of one policy document."""
    parts = ("organisation.", "suite.theme.", "guides.")
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        hooks.search_for_hooks()
        builders = [one for one in hooks._hooks["build_demo"] if one[0].__module__.startswith(parts)]
        patch.setitem(hooks._hooks, "build_demo", builders)
        Site.objects.get(is_default_site=True).root_page.add_child(instance=Page(title=POLICY))
        yield build()
        transaction.set_rollback(True)


@pytest.fixture
def guides(built_guides, db):
    """Every guide of the sample by title."""
    return {guide.title: guide for guide in GuidePage.objects.all()}


def branches(guide):
    return any(len(step.ways) > 1 for step in chart(guide).steps)


def returns(guide):
    """Whether papers that are not complete lead back to where they are handed in."""
    return any(int(way.to) < int(step.key) for step in chart(guide).steps for way in step.ways)


def test_all_are_live_in_the_menu_and_cleared_by_two_others(guides):
    assert len(guides) == len(GUIDES) >= 24
    assert {guide.live for guide in guides.values()} == {True}
    index = GuideIndexPage.objects.get()
    assert (index.title, index.slug, index.show_in_menus, index.live) == ("办事指南", "guides", True, True)
    assert in_force(index).count() == len(GUIDES) - 1
    cleared = Clearance.objects.filter(page_id__in=[guide.pk for guide in guides.values()]).used()
    assert {(one.checked_by.username, one.approved_by.username) for one in cleared} == {("checker", "approver")}


def test_none_of_them_has_anything_left_to_mend(guides):
    assert {title: [*problems(guide)] for title, guide in guides.items() if [*problems(guide)]} == {}


def test_each_could_be_saved_in_its_form_as_it_is(guides):
    for guide in guides.values():
        guide.full_clean()
        for name in ("materials", "questions", "steps", "basis", "answers"):
            stream = getattr(guide, name)
            stream.stream_block.clean(stream)


def test_every_kind_of_case_and_of_item_is_there(guides):
    assert {guide.case_kind for guide in guides.values()} == set(CaseKind.values)
    assert {guide.item_kind for guide in guides.values()} == set(ItemKind.values)


def test_at_least_four_branch_and_four_lead_back_to_acceptance(guides):
    assert sum(map(branches, guides.values())) >= 4
    assert sum(map(returns, guides.values())) >= 4


def test_at_least_three_ask_and_every_answer_changes_something(guides):
    asking = [guide for guide in guides.values() if questions(guide)]
    assert len(asking) >= 3
    for guide in asking:
        marked = {code for part in (guide.materials, guide.steps) for block in part
                  for code in block.value["only_for"].split()}  # fmt: skip
        numbers = {code[0] for code in marked}
        idle = [one.text for one in questions(guide) if str(one.number) not in numbers]
        assert (guide.title, idle) == (guide.title, [])


def test_at_least_three_have_other_steps_for_other_answers(guides):
    def ways_through(guide):
        return {tuple(step["name"] for step in kept(guide.steps, answers)) for answers in every_variant(guide)}

    assert len([guide for guide in guides.values() if len(ways_through(guide)) > 1]) >= 3


def test_the_longest_way_fits_the_promise_and_is_told_step_by_step(guides):
    per_working = days_per_working_day()
    for guide in guides.values():
        for answers in every_variant(guide):
            days, _numbers = longest_path(guide, per_working, answers)
            assert days <= promised(guide).natural(per_working)
    assert longest_path(guides["最低生活保障审核确认"], per_working) == (35, [1, 3, 4, 5, 6, 7, 9])


def test_every_life_event_has_a_guide_in_force(guides):
    assert [event.slug for event in LifeEvent.objects.all()] == [slug for slug, *_rest in LIFE_EVENTS]
    found = in_force(GuideIndexPage.objects.get())
    assert [event.name for event in LifeEvent.objects.all() if not found.filter(life_events=event).exists()] == []


def test_plain_words_are_there_to_advise_with(guides):
    assert dict(PlainWord.objects.values_list("official", "plain")) == PLAIN_WORDS
    assert len(PLAIN_WORDS) >= 40


def test_two_were_changed_and_say_what_changed(guides):
    changed = {title: guide for title, guide in guides.items() if guide.versions.count() > 1}
    assert {*changed} == {"最低生活保障审核确认", "临时救助给付"}
    newest, first = changed["临时救助给付"].versions.all()
    assert [newest.standing(), first.standing()] == [Version.CURRENT, Version.REPLACED]
    assert newest.changes[:2] == ["申请材料：取消“村（社区）开的困难证明”", "承诺时限：由“10个工作日”改为“8个工作日”"]
    assert (localdate() - newest.valid_from, localdate() - first.valid_from) == (
        datetime.timedelta(days=96),
        datetime.timedelta(days=158),
    )


def test_one_has_ended_and_points_to_what_replaced_it(guides):
    [ended] = [guide for guide in guides.values() if guide.has_ended]
    assert (ended.title, ended.replaced_by.title) == ("高龄老人生活补贴申领", "高龄津贴发放")
    assert ended.version.standing() == Version.ENDED


def test_a_basis_leads_to_the_reading_room_where_the_document_is_there(guides):
    linked = {
        (title, block.value["title"], block.value["page"].title)
        for title, guide in guides.items()
        for block in guide.basis
        if block.value["page"]
    }
    assert linked == {("临时救助给付", POLICY, POLICY)}


def test_blank_forms_and_the_sample_of_a_result_can_be_opened(guides):
    assert guides["人民调解申请"].result_sample.title == "人民调解协议书（样本）"
    blank = {
        block.value["blank"].title for guide in guides.values() for block in guide.materials if block.value["blank"]
    }
    assert blank == {"代办委托书", "林木采伐告知承诺书"}
    for document in get_document_model().objects.all():
        assert "word/document.xml" in zipfile.ZipFile(document.file).namelist()


def test_their_pages_open(guides, client):
    assert client.get("/guides/").status_code == 200
    for guide in guides.values():
        assert client.get(guide.get_url()).status_code == 200
