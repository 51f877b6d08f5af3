"""What an author wishes to publish becomes a page that two others pass; what was not published can be taken back."""

import pytest
from django.utils import timezone
from wagtail.models import Site

from suite.periodic.domain.lifecycle import tick
from suite.publishing import PublicationRefused
from suite.publishing.domain import approve, submit
from tests.reading import text
from tests.refusals import refusal
from tests.training.writings.stage import TEXT
from training.domain.lifecycle import study_pages, writings
from training.models import StudyIndexPage, StudyPage


def published(town, page, passing):
    submit(page, town.editor.user)
    approve(page, passing[0])
    return approve(page, passing[1])


def test_an_accepted_one_is_drafted_with_its_author(town, section):
    page = town.accepted(publish=True).pages.get()
    assert (page.title, page.author, page.unit, page.kind, page.year, page.owner, page.live) == (
        "走访体会", town.cadre, town.office, "note", 2026, town.cadre.user, False,
    )  # fmt: skip
    assert str(page.body[0].value).count("<h2>一、学习体会</h2>") == 1
    assert list(page.revisions.values_list("user", flat=True)) == [town.cadre.user.pk]
    assert page.get_parent() == section.page_ptr


def test_nothing_is_drafted_without_the_wish(town, section):
    assert not town.accepted().pages.exists()


def test_it_goes_live_after_two_others_and_names_its_author(town, section, passing, client):
    section = published(town, section, passing)
    page = published(town, town.accepted(publish=True).pages.get(), passing)
    shown = text(client.get(page.url))
    assert "田野" in shown
    assert "到村里走访，先听群众说" in shown
    listed = text(client.get(section.url))
    assert "走访体会" in listed
    assert "共1篇" in listed


def test_the_author_passes_nothing_of_their_own(town, section):
    town.cadre.user.groups.add(*town.person("闵思远", "checker").user.groups.all())
    page = town.accepted(publish=True).pages.get()
    submit(page, town.editor.user)
    with pytest.raises(PublicationRefused):
        approve(page, town.cadre.user)


def test_the_wish_may_come_later(town, section):
    one = town.accepted()
    study_pages.wish(one, town.cadre.user)
    study_pages.wish(one, town.cadre.user)
    assert one.pages.count() == 1


def test_a_personal_number_is_refused_when_the_wish_comes_later(town, section):
    one = town.accepted(text=TEXT + "请打13912345678。")
    assert refusal(study_pages.wish, one, town.cadre.user).startswith("这段文字里有身份证号、手机号或银行卡号。")
    one.refresh_from_db()
    assert one.publish is False


def test_what_nobody_has_published_is_taken_back_from_the_workflow(town, section):
    one = town.accepted(publish=True)
    submit(one.pages.get(), town.editor.user)
    assert study_pages.withdraw_wish(one, town.cadre.user).publish is False
    assert not StudyPage.objects.exists()


def test_what_is_published_is_taken_down_by_an_editor(town, section, passing):
    one = town.accepted(publish=True)
    published(town, one.pages.get(), passing)
    assert refusal(study_pages.withdraw_wish, one, town.cadre.user) == "已经发表，如需撤下请联系编辑。"


def test_pages_follow_as_soon_as_there_is_a_section(town, time):
    one = town.accepted(publish=True)
    assert not one.pages.exists()
    root = Site.objects.get(is_default_site=True).root_page
    root.add_child(instance=StudyIndexPage(title="学习园地", slug="study"))
    assert tick(timezone.now()).failed == []
    assert one.pages.count() == 1
    assert study_pages.draft_waiting() == 0


def test_the_section_lists_by_year_and_kind(town, section, passing, client):
    section = published(town, section, passing)
    first = published(town, town.accepted(publish=True, title="今年的笔记").pages.get(), passing)
    published(town, town.accepted(kind="article", publish=True, year=2025, title="去年的文章").pages.get(), passing)

    def titles(query):
        shown = text(client.get(section.url + query))
        return [title for title in ("今年的笔记", "去年的文章") if title in shown]

    assert titles("") == ["今年的笔记", "去年的文章"]
    assert titles("?year=2026") == ["今年的笔记"]
    assert titles("?kind=article") == ["去年的文章"]
    assert titles("?year=2026&kind=article") == []
    assert titles("?year=1900&kind=poem") == ["今年的笔记", "去年的文章"]
    assert first.year == 2026


def test_accepted_ones_become_pages_even_when_the_account_is_gone(town, section):
    one = town.handed_in(publish=True)
    user, town.cadre.user = town.cadre.user, None
    town.cadre.save()
    user.delete()
    one = writings.accept(one, one.version, "", town.leader.user)
    assert one.pages.get().owner is None
