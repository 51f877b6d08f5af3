"""Where a publication stands, from the wish to the live page, and what becomes of it when editors do otherwise."""

from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from suite.hooks import collect
from suite.periodic.domain.lifecycle import tick
from suite.publishing.domain import approve, return_with_remark, submit, withdraw
from tests.reading import text
from training.domain.lifecycle import study_pages, writings
from training.domain.writings.publication import publication
from training.domain.writings.queries import drafts_to_hand_in
from training.models import StudyIndexPage, StudyPage, Writing


def stands(one):
    """What its author is told: in a word, in a sentence, and whether the page is linked."""
    found = publication(Writing.objects.get(pk=one.pk))
    return found and (found.short, found.said, found.page is not None)


def to_submit(town):
    return [str(item.title) for item in collect("desk_items", town.editor.user) if "study_page:" in item.key]


def test_every_stop_from_the_wish_to_the_live_page_is_told(town, section, passing):
    one = town.handed_in()
    assert stands(one) is None
    study_pages.wish(one, town.cadre.user)
    assert stands(one) == ("希望发表", "通过后转给编辑发表。", False)
    writings.accept(one, Writing.objects.get(pk=one.pk).version, "", town.leader.user)
    waits = ("在编辑处", "已在编辑处：编辑看过后送审，再由另外两人审核。", False)
    assert stands(one) == waits
    page = one.pages.get()
    submit(page, town.editor.user)
    assert stands(one) == ("审核中", "正在审核：核稿。", False)
    return_with_remark(page, passing[0], "请改标题。")
    assert stands(one) == ("在编辑处", "审核退回编辑修改：请改标题。", False)
    submit(page, town.editor.user)
    approve(page, passing[0])
    assert stands(one) == ("审核中", "正在审核：审批。", False)
    approve(page, passing[1])
    assert stands(one) == ("已发表", "已发表：", True)
    StudyPage.objects.get().unpublish()
    assert stands(one) == ("已撤下", "编辑已撤下这一页；可以问问原因，或者不再发表。", False)


def test_without_a_section_it_waits_for_one(town):
    assert stands(town.accepted(publish=True)) == ("在编辑处", "等编辑建好栏目后发表。", False)


def test_the_editors_desk_says_what_to_do_until_it_is_submitted_and_again_when_it_was_withdrawn(town, section, passing):
    page = town.accepted(publish=True).pages.get()
    (item,) = (item for item in collect("desk_items", town.editor.user) if "study_page:" in item.key)
    assert (item.title, item.reason, item.url) == (
        "请送审：“走访体会”",
        "田野希望发表：请通读一遍，需要改的改好，再从“保存草稿”旁的箭头选“送审”。",
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
    )
    submit(page, town.editor.user)
    assert to_submit(town) == []
    withdraw(page, town.editor.user)
    assert to_submit(town) == ["请送审：“走访体会”"]
    submit(page, town.editor.user)
    return_with_remark(page, passing[0], "请改标题。")
    # From now on it stands among what was returned.
    assert to_submit(town) == []
    submit(page, town.editor.user)
    approve(page, passing[0])
    approve(page, passing[1]).unpublish()
    assert not drafts_to_hand_in().exists()


def test_what_was_returned_is_on_the_desk_of_who_edits_pages_and_told_to_the_author_where_they_wrote(
    town, section, passing
):
    page = town.accepted(publish=True).pages.get()
    submit(page, town.editor.user)
    return_with_remark(page, passing[0], "请改标题。")

    def returned(user):
        return [item.url for item in collect("desk_items", user) if item.key.startswith("publishing.returned")]

    assert returned(town.editor.user) == [reverse("wagtailadmin_pages:edit", args=[page.pk])]
    assert returned(town.cadre.user) == []


def test_a_page_that_an_editor_deletes_is_not_drafted_again_and_its_author_may_wish_anew(town, section):
    one = town.accepted(publish=True)
    one.pages.get().delete()
    assert stands(one) is None
    assert tick(timezone.now()).failed == []
    assert not StudyPage.objects.exists()
    actions = ModelLogEntry.objects.filter(object_id=str(one.pk)).values_list("action", flat=True)
    assert "training.turn_down_publication" in actions
    study_pages.wish(one, town.cadre.user)
    assert StudyPage.objects.get().writing == one


def test_an_author_who_takes_the_wish_back_was_not_turned_down(town, section):
    one = town.accepted(publish=True)
    study_pages.withdraw_wish(one, town.cadre.user)
    actions = list(ModelLogEntry.objects.filter(object_id=str(one.pk)).values_list("action", flat=True))
    assert ("training.withdraw_wish" in actions, "training.turn_down_publication" in actions) == (True, False)


def test_a_section_that_is_deleted_takes_the_wishes_with_it(town, section):
    one = town.accepted(publish=True)
    StudyIndexPage.objects.get().delete()
    assert Writing.objects.get(pk=one.pk).publish is False


def test_the_author_sees_it_on_their_own_list(town, section, passing, client):
    section = StudyIndexPage.objects.get()
    submit(section, town.editor.user)
    approve(section, passing[0])
    approve(section, passing[1])
    one = town.accepted(publish=True)
    client.force_login(town.cadre.user)
    own, address = reverse("training_writings_own"), reverse("training_writings_one", args=[one.pk])
    assert "在编辑处" in text(client.get(own))
    page = one.pages.get()
    submit(page, town.editor.user)
    assert "正在审核：核稿。" in text(client.get(address))
    approve(page, passing[0])
    page = approve(page, passing[1])
    for shown in (client.get(own), client.get(address)):
        assert f'href="{page.url}"' in shown.content.decode()
    assert "不发表" not in text(client.get(address))
