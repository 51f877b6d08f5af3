"""The handbook becomes training materials: whole, once, as drafts."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from wagtail.images import get_image_model
from wagtail.models import PageLogEntry

from training.domain import handbook
from training.domain.handbook import CHAPTERS, HANDBOOK, chapters, load_handbook
from training.enums import Audience
from training.models import MaterialIndexPage, MaterialPage

INDEX = HANDBOOK / "README.md"
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")


def test_every_file_of_the_handbook_is_a_chapter_with_a_title_and_an_introduction():
    assert sorted(CHAPTERS) == sorted(path.stem for path in HANDBOOK.glob("*.md") if path != INDEX)
    for chapter in chapters():
        assert 4 <= len(chapter.title) <= 40, chapter.key
        assert 20 <= len(chapter.introduction) <= 300, chapter.key
        assert "#" not in chapter.introduction, chapter.key


def test_every_picture_that_is_named_lies_there_and_is_described_and_none_lies_there_for_nothing():
    named = set()
    for chapter in chapters():
        for described, address in PICTURE.findall(chapter.text):
            assert described, address
            assert (HANDBOOK / address).is_file(), address
            named.add(address)
    assert named == {f"pictures/{path.name}" for path in (HANDBOOK / "pictures").iterdir()}


def test_the_index_leads_to_every_chapter_by_its_title():
    listed = re.findall(r"\[([^\]]+)\]\(([^)]+)\.md\)", INDEX.read_text(encoding="utf-8"))
    assert listed == [(chapter.title, chapter.key) for chapter in chapters()]


@pytest.fixture
def editor(django_user_model, db):
    return django_user_model.objects.create_user("bianji", "b@example.com", "x")


def test_the_handbook_becomes_drafts_with_their_pictures_and_is_loaded_once(editor):
    done = load_handbook(editor)
    assert [page.source_key for page in done.new] == [f"handbook:{key}" for key in CHAPTERS]
    assert not done.there
    assert not any(page.live for page in done.new)
    assert {page.audience for page in done.new} == {Audience.VILLAGERS}
    cadre = MaterialPage.objects.get(source_key="handbook:cadre")
    shown = [block.value["image"] for block in cadre.body if block.block_type == "figure"]
    wanted = next(chapter for chapter in chapters() if chapter.key == "cadre").pictures
    assert len(shown) == len(wanted) > 0
    assert all(picture.width for picture in shown)
    assert PageLogEntry.objects.filter(page=cadre.pk, action="wagtail.create", user=editor).count() == 1

    cadre.title = "本镇干部的工作"
    cadre.save_revision(user=editor)
    pages, pictures = MaterialPage.objects.count(), get_image_model().objects.count()
    again = load_handbook(editor)
    assert not again.new
    assert len(again.there) == len(CHAPTERS)
    assert (MaterialPage.objects.count(), get_image_model().objects.count()) == (pages, pictures)
    assert cadre.get_latest_revision_as_object().title == "本镇干部的工作"


def test_a_picture_of_two_chapters_is_kept_once(editor):
    load_handbook(editor)
    both = [chapter for chapter in chapters() if "pictures/commitment-verify.png" in chapter.pictures]
    assert len(both) == 2
    assert get_image_model().objects.filter(title=both[0].pictures["pictures/commitment-verify.png"]).count() == 1


def test_the_drafts_stand_in_the_section_that_the_office_has_moved_them_to(editor):
    cadre = load_handbook(editor).new[1]
    home = cadre.get_parent().get_parent()
    elsewhere = home.add_child(instance=MaterialIndexPage(title="学习资料", owner=editor))
    old = cadre.get_parent()
    for page in MaterialPage.objects.all():
        page.move(elsewhere, pos="last-child")
    MaterialPage.objects.get(source_key="handbook:villager").delete()
    old.refresh_from_db()
    old.specific.delete()
    assert [page.get_parent().title for page in load_handbook(editor).new] == ["学习资料"]
    assert MaterialIndexPage.objects.count() == 1


def test_nothing_is_loaded_where_a_chapter_is_missing(editor, monkeypatch):
    monkeypatch.setattr(handbook, "CHAPTERS", (*CHAPTERS, "nobody-wrote-this"))
    with pytest.raises(OSError, match="nobody-wrote-this"):
        load_handbook(editor)
    assert not MaterialPage.objects.exists()


def test_the_command_says_what_it_did_and_whose_name_is_wrong(editor):
    told = StringIO()
    call_command("load_handbook", "bianji", stdout=told)
    call_command("load_handbook", "bianji", stdout=told)
    assert told.getvalue().splitlines() == [
        f"已添加{len(CHAPTERS)}份草稿，原已有0份。请把草稿送审，由另外两人核稿、审批。",
        f"已添加0份草稿，原已有{len(CHAPTERS)}份。请把草稿送审，由另外两人核稿、审批。",
    ]
    with pytest.raises(CommandError) as refusal:
        call_command("load_handbook", "meiyou")
    assert str(refusal.value) == "没有“meiyou”这个账号。请写一名编辑的用户名。"
