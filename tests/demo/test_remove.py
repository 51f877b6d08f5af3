"""Real data that refer to the sample keep it from being deleted, and are named."""

import datetime

import pytest
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import CommandError
from wagtail.models import Collection, Page, Site

from demo.domain.remove import remove
from demo.models import SampleRow, SampleTownship
from demo.township import Township
from organisation.domain import lifecycle
from organisation.models import Appointment, Person, Post, Unit


@pytest.fixture
def real_user(db):
    return get_user_model().objects.create_user("real", password="liushu-4716-he")


def sample_user(name):
    return get_user_model().objects.get(username=name)


def blockers():
    with pytest.raises(ValidationError) as caught:
        remove()
    assert SampleTownship.objects.exists()
    return caught.value.messages[1:]


def test_a_real_person_in_a_sample_post_blocks(township, real_user):
    person = lifecycle.add(Person(name="真人"), real_user)
    lifecycle.appoint(person, Post.objects.get(name="队员"), real_user, datetime.date(2026, 1, 1))
    rows = SampleRow.objects.count()
    [text] = blockers()
    assert text.startswith("任职“真人 民政社保服务队 队员”")
    assert text.endswith("引用了岗位“民政社保服务队 队员”")
    assert (SampleRow.objects.count(), Person.objects.filter(name="真人").count()) == (rows, 1)


def test_a_real_page_below_a_sample_page_blocks(township, real_user):
    root = Page.get_first_root_node()
    sample = root.add_child(instance=Page(title="示例页", slug="sample"))
    Township("").keep(sample)
    real = sample.add_child(instance=Page(title="真页", slug="real"))
    [text] = blockers()
    assert "“真页”" in text
    assert "“示例页”" in text
    real.move(root, pos="last-child")
    remove()
    assert [page.title for page in Page.objects.filter(slug__in=["real", "sample"])] == ["真页"]


def test_a_sample_page_goes_with_its_revisions_and_the_tree_stays_sound(township):
    root = Page.get_first_root_node()
    before = root.numchild
    sample = Township("").keep(root.add_child(instance=Page(title="示例页", slug="sample")))
    sample.save_revision(user=sample_user("editor"))
    remove()
    root.refresh_from_db()
    assert (root.numchild, Page.find_problems()) == (before, ([], [], [], [], []))


def test_what_a_real_person_wrote_on_a_sample_page_blocks(township, real_user):
    sample = Township("").keep(Page.get_first_root_node().add_child(instance=Page(title="示例页", slug="sample")))
    sample.save_revision(user=real_user)
    assert len(blockers()) == 1


def test_a_real_page_that_a_sample_account_wrote_blocks(township):
    page = Page.get_first_root_node().add_child(instance=Page(title="真页", slug="real", owner=sample_user("editor")))
    page.save_revision(user=sample_user("editor"))
    texts = blockers()
    assert len(texts) == 2
    assert any("“真页”" in text for text in texts)


def test_a_site_that_starts_at_a_sample_page_blocks(township):
    sample = Township("").keep(Page.get_first_root_node().add_child(instance=Page(title="示例页", slug="sample")))
    Site.objects.create(hostname="x.example", root_page=sample)
    [text] = blockers()
    assert "“示例页”" in text


def test_what_sample_accounts_did_among_themselves_goes_too(township):
    by = sample_user("system_admin")
    person = lifecycle.add(Person(name="试用"), by)
    cadre, post = Person.objects.get(name="方旭"), Post.objects.get(name="队员")
    made = lifecycle.appoint(cadre, post, by, datetime.date(2026, 1, 1))
    # The new person refers to nothing of the sample and nothing refers back: it is the office's from now on.
    remove()
    assert not Appointment.objects.filter(pk=made.pk).exists()
    assert [*Person.objects.all()] == [person]


def test_what_a_real_person_did_to_sample_rows_blocks(township, real_user):
    lifecycle.appoint(
        Person.objects.get(name="方旭"), Post.objects.get(name="队员"), real_user, datetime.date(2026, 1, 1)
    )
    texts = blockers()
    assert len(texts) == 1
    assert texts[0].startswith("任职“方旭 民政社保服务队 队员”")


def test_a_correction_of_a_sample_row_is_no_obstacle(township, real_user):
    unit = Unit.objects.get(name="上塘村")
    unit.phone = "8812 9999"
    lifecycle.correct(unit, real_user)
    remove()
    assert not Unit.objects.exists()


def test_an_account_that_was_logged_in_with_goes(township, client):
    client.force_login(sample_user("editor"))
    client.get("/admin/")
    remove()
    assert not get_user_model().objects.exists()


def test_a_real_collection_in_a_sample_collection_blocks(township):
    sample = Township("").keep(Collection.get_first_root_node().add_child(instance=Collection(name="示例集")))
    sample.add_child(instance=Collection(name="真集"))
    [text] = blockers()
    assert "“真集”" in text


def test_the_command_lists_what_is_in_the_way(township, real_user):
    page = Page.get_first_root_node().add_child(instance=Page(title="真页", slug="real"))
    page.owner = sample_user("editor")
    page.save()
    with pytest.raises(CommandError) as caught:
        call_command("demo", "--delete")
    head, row = str(caught.value).splitlines()
    said = "未删除任何内容：有1条真实记录引用了示例数据。请先删除或修改它们"
    assert head == f"{said}（删掉页面，它的历史版本和编审记录就一起没了）："
    assert "“真页”" in row


def test_a_plugin_that_is_left_out_is_named_and_nothing_goes(township):
    gone = ContentType.objects.create(app_label="lamps", model="lamp")
    SampleRow.objects.create(content_type=gone, object_id="1")
    before = SampleRow.objects.count()
    with pytest.raises(ValidationError, match="插件 lamps"):
        remove()
    assert SampleRow.objects.count() == before
