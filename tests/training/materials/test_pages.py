"""The pages of materials as they are served: to strangers, to staff, to those who are not meant."""

import pytest

from suite.publishing.domain.lifecycle import approve, submit
from suite.roles.domain import group
from tests.reading import text
from training.models import MaterialIndexPage


@pytest.fixture
def open_section(section, editors):
    """The section is live."""
    section.save_revision(user=editors.editor)
    submit(section, editors.editor)
    approve(section, editors.checker)
    return MaterialIndexPage.objects.get(pk=approve(section, editors.approver).pk)


def titles(response):
    return [entry.title for entry in response.context["list"]["entries"]]


def test_strangers_read_what_is_for_villagers(client, villagers_material):
    words = text(client.get(villagers_material.url))
    assert "灭火器怎么用" in words
    assert "先写时间、地点、到会的人。" in words
    assert "版本 1" in words


def test_strangers_are_sent_to_sign_in_before_a_staff_material(client, staff_material):
    response = client.get(staff_material.url)
    assert response.status_code == 302
    assert response["Location"].endswith(f"?next={staff_material.url}")


def test_who_is_not_among_its_readers_is_told_so(client, draft_material, publish, township):
    material = publish(draft_material(roles=[group("head")]))
    client.force_login(township.user("赵"))
    assert client.get(material.url).status_code == 403
    client.force_login(township.user("王"))
    assert "先写时间" in text(client.get(material.url))


def test_the_section_lists_to_each_what_they_may_read(
    client, open_section, staff_material, villagers_material, draft_material, publish, township
):
    publish(draft_material("主任怎么带队伍", roles=[group("head")]))
    assert titles(client.get(open_section.url)) == ["灭火器怎么用"]
    client.force_login(township.user("赵"))
    assert titles(client.get(open_section.url)) == ["灭火器怎么用", "会议记录怎么写"]
    client.force_login(township.user("王"))
    assert titles(client.get(open_section.url)) == ["主任怎么带队伍", "灭火器怎么用", "会议记录怎么写"]


def test_the_section_is_searched_by_words_and_kind(client, open_section, villagers_material, draft_material, publish):
    publish(draft_material("灭火器怎么查", audience="villagers", kind="slides"))
    assert titles(client.get(open_section.url, {"q": "灭火器"})) == ["灭火器怎么查", "灭火器怎么用"]
    assert titles(client.get(open_section.url, {"q": "灭火器 查"})) == ["灭火器怎么查"]
    assert titles(client.get(open_section.url, {"kind": "document"})) == ["灭火器怎么用"]
    assert "没有符合条件的资料" in text(client.get(open_section.url, {"q": "无"}))


def test_an_empty_section_says_that_staff_sign_in(client, open_section, staff_material):
    assert "登录后可见" in text(client.get(open_section.url))
