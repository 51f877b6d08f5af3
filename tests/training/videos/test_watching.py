"""Who watches a video: who may read a material that shows it, and until one does only who keeps it."""

import re
from datetime import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.timezone import get_current_timezone

from suite.publishing import PublicationRefused
from suite.publishing.domain.lifecycle import submit
from tests.refusals import refusal
from tests.training.conftest import account
from tests.training.videos.files import mp4
from training.domain.lifecycle import videos
from training.domain.videos.uses import may_watch
from training.models import MaterialPage, Video


@pytest.fixture
def editor(editors):
    return editors.editor


@pytest.fixture
def video(upload):
    return upload(mp4())


@pytest.fixture
def showing(draft_material, video):
    """showing(**fields): the draft of a material that shows the video."""
    return lambda **fields: draft_material(**{"kind": "video", "video": video, "body": [], **fields})


def watchers(video, township):
    return {name for name in township.people if may_watch(township.user(name), video)}


def test_without_a_material_its_sender_and_who_runs_training_watch_it(video, township, editors):
    assert watchers(video, township) == {"周"}
    assert may_watch(editors.editor, video)
    assert not may_watch(account("other", "editor"), video)
    assert not may_watch(AnonymousUser(), video)


def test_a_villagers_video_is_watched_by_everybody(video, showing, publish):
    publish(showing(audience="villagers"))
    assert may_watch(AnonymousUser(), video)


def test_a_staff_video_is_watched_by_who_may_read_the_material(video, showing, publish, township):
    publish(showing(units=[township.units.office]))
    assert not may_watch(AnonymousUser(), video)
    assert watchers(video, township) == {"李", "王", "周"}


def test_a_drafts_video_is_watched_by_who_may_edit_the_draft(video, showing, township, editors):
    draft = showing(audience="villagers")
    assert watchers(video, township) == {"周"}
    assert not may_watch(AnonymousUser(), video)
    assert may_watch(editors.checker, video)
    submit(draft, editors.editor)
    assert may_watch(editors.checker, video)
    assert watchers(video, township) == {"周"}


def test_a_draft_of_a_published_page_shows_its_new_video_to_who_may_edit_alone(
    video, showing, publish, township, editors, upload
):
    live = publish(showing(audience="villagers"))
    other = upload(mp4(seconds=9), title="新的")
    draft = live.get_latest_revision_as_object()
    draft.video = other
    draft.save_revision(user=editors.editor)
    assert not may_watch(AnonymousUser(), other)
    assert may_watch(account("second", "editor"), other)
    assert watchers(other, township) == {"周"}
    # It still shows the first.
    assert may_watch(AnonymousUser(), video)


def test_once_taken_down_only_who_may_edit_watches_it(video, showing, publish, township):
    live = publish(showing(audience="villagers"))
    live.unpublish()
    assert not may_watch(AnonymousUser(), video)
    assert watchers(video, township) == {"周"}


def test_what_is_not_checked_yet_is_watched_by_nobody(upload, editors):
    assert not may_watch(editors.editor, upload(mp4(), checked=False))


def test_a_video_that_a_published_material_shows_cannot_be_deleted(video, showing, publish, editors):
    publish(showing(title="防汛"))
    assert refusal(videos.delete, video, editors.editor) == (
        "「防汛」正在使用这个视频：请先在那里换一个视频（并发布）。"
    )
    assert Video.objects.exists()


def test_a_video_that_only_a_new_draft_shows_cannot_be_deleted(video, draft_material, publish, editors):
    live = publish(draft_material(title="防汛"))
    draft = live.get_latest_revision_as_object()
    draft.video = video
    draft.save_revision(user=editors.editor)
    assert refusal(videos.delete, video, editors.editor).startswith("「防汛」正在使用这个视频")


def test_once_another_video_is_published_the_old_one_can_go(
    video, showing, publish, change, upload, editors, django_capture_on_commit_callbacks
):
    live = publish(showing())
    change(live, video=upload(mp4(seconds=9), title="新的"))
    path = video.path
    with django_capture_on_commit_callbacks(execute=True):
        videos.delete(video, editors.editor)
    assert not path.exists()
    assert [one.title for one in Video.objects.all()] == ["新的"]
    # The old revision, opened once more, shows none.
    assert MaterialPage.objects.get().revisions.order_by("pk").first().as_object().video is None


def test_a_material_that_is_a_video_needs_one(draft_material, editors):
    draft = draft_material(kind="video")
    with pytest.raises(PublicationRefused, match="请选择视频。视频在办公桌的「培训视频」里上传。"):
        submit(draft, editors.editor)


def test_a_video_that_is_not_ready_is_not_even_kept_in_a_draft(draft_material, upload):
    with pytest.raises(ValidationError) as refused:
        draft_material(video=upload(mp4(), checked=False))
    assert list(refused.value.message_dict) == ["video"]


def test_another_video_is_another_version(showing, publish, change, upload):
    live = publish(showing())
    change(live, video=upload(mp4(seconds=9)))
    assert [version.number for version in live.versions.all()] == [1, 2]


def test_two_takes_of_the_same_are_told_apart_where_one_is_chosen(client, video, editors, showing):
    video.requested_at = datetime(2026, 11, 3, 9, 30, tzinfo=get_current_timezone())
    video.save()
    client.force_login(editors.editor)
    page = client.get(reverse("wagtailadmin_pages:edit", args=[showing().pk])).content.decode()
    select = re.search(r'<select name="video".*?</select>', page, re.DOTALL)[0]
    assert re.findall(r"<option[^>]*>([^<]*)<", select) == ["---------", f"{video.title}（5秒，2026-11-03 09:30）"]
