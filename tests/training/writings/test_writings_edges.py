"""What seldom happens with notes and articles, and is told all the same."""

from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction, Site

from organisation.models import Responsibility
from suite.periodic.domain.lifecycle import tick
from suite.publishing.domain import approve, submit
from tests.refusals import refusal
from tests.training.town import leave
from tests.training.writings.stage import YEAR, hand_in
from training.domain.lifecycle import study_pages, writings
from training.domain.writings.people import decides, may_read
from training.domain.writings.queries import waiting_for
from training.models import StudyIndexPage
from training.study_listing import study_pages as study_pages_of


def test_no_personal_number_stands_in_the_reason_for_letting_somebody_off(town):
    said = refusal(writings.release, town.cadre, YEAR, "病假，电话13912345678。", town.runs.user)
    assert said.startswith("这段文字里有身份证号、手机号或银行卡号。")


def test_only_what_its_author_wishes_is_drafted_once_there_is_a_section(town):
    kept, wished = town.accepted(), town.accepted(publish=True)
    root = Site.objects.get(is_default_site=True).root_page
    root.add_child(instance=StudyIndexPage(title="学习园地", slug="study"))
    assert study_pages.draft_waiting() == 1
    assert tick(timezone.now()).failed == []
    assert [one.pages.count() for one in (kept, wished)] == [0, 1]


def test_where_no_leader_can_decide_the_offices_own_are_left_to_a_colleague(town):
    leave(town.head)
    leave(town.leader)
    one, colleague = town.handed_in(town.runs), town.person("方圆", "efficiency_office")
    assert [decides(person.user, one) for person in (town.runs, colleague)] == [False, True]
    supervisor = town.person("李旻", "supervisor")
    assert [len(waiting_for(person.user)) for person in (town.runs, colleague, supervisor)] == [0, 1, 0]


def test_just_enough_characters_are_enough(town):
    assert hand_in(town.begun(), text="字" * 20).state == "handed_in"
    assert refusal(hand_in, town.begun(), text="字" * 19) == "现有19字，要求不少于20字，请继续写。"


def test_who_decided_reads_it_also_when_somebody_else_is_in_charge_by_then(town):
    one = town.accepted()
    Responsibility.objects.filter(person=town.leader).update(person=town.head)
    assert may_read(town.leader.user, one)
    assert not may_read(town.leader.user, town.handed_in(kind="article"))


def test_the_section_lists_no_drafts(town):
    root = Site.objects.get(is_default_site=True).root_page
    section = root.add_child(instance=StudyIndexPage(title="学习园地", slug="study"))
    page = town.accepted(publish=True).pages.get()
    assert page.get_parent() == section.page_ptr
    assert list(study_pages_of(section, {})["entries"]) == []


def test_the_section_lists_nothing_that_is_for_some_eyes_only(town):
    root = Site.objects.get(is_default_site=True).root_page
    section = root.add_child(instance=StudyIndexPage(title="学习园地", slug="study"))
    passing = town.person("闵思远", "checker").user, town.person("欧阳静", "approver").user
    page = town.accepted(publish=True).pages.get()
    submit(page, town.editor.user)
    approve(page, passing[0])
    page = approve(page, passing[1])
    assert [one.title for one in study_pages_of(section, {})["entries"]] == ["走访体会"]
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert list(study_pages_of(section, {})["entries"]) == []


def test_only_the_office_opens_the_page_on_which_somebody_is_let_off(town, client):
    address = reverse("training_writings_release", args=[YEAR, town.other.pk])
    for person, status in ((town.cadre, 403), (town.leader, 403), (town.runs, 200)):
        client.force_login(person.user)
        assert (person.name, client.get(address).status_code) == (person.name, status)
