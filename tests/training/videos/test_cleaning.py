"""What nobody goes on with, and what belongs to nothing, goes; the rest stays."""

import os
from datetime import timedelta

import pytest
from django.utils import timezone

from suite.hooks import collect
from tests.training.videos.files import mp4
from training.domain.lifecycle import videos
from training.domain.videos import disk
from training.models import Video


def run_jobs(now, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for job in [job for job in collect("periodic_jobs", now) if job.key.startswith("training.")]:
            job.run()


@pytest.mark.django_db
def test_an_upload_that_nobody_went_on_with_goes_after_fourteen_days(
    editor, queued, upload, django_capture_on_commit_callbacks
):
    ready = upload(mp4())
    begun = videos.begin("甲", "a.mp4", 1000, editor)
    videos.add_part(begun, begun.writer, 0, b"x" * 10)
    now = timezone.now()
    run_jobs(now + timedelta(days=13, hours=23), django_capture_on_commit_callbacks)
    assert Video.objects.count() == 2
    run_jobs(now + timedelta(days=14, minutes=1), django_capture_on_commit_callbacks)
    assert list(Video.objects.all()) == [ready]
    assert not begun.path.exists()
    assert ready.path.exists()


@pytest.mark.django_db
def test_who_goes_on_keeps_it(editor, queued):
    begun = videos.begin("甲", "a.mp4", 1000, editor)
    Video.objects.filter(pk=begun.pk).update(received_at=timezone.now() - timedelta(days=15))
    now = timezone.now()
    assert [video.pk for video in videos.abandoned(now)] == [begun.pk]
    videos.add_part(begun, begun.writer, 0, b"x" * 10)
    videos.drop_abandoned(begun.pk, now)
    assert Video.objects.count() == 1


@pytest.mark.django_db
def test_files_that_belong_to_no_video_go_after_a_week(upload, folder):
    video = upload(mp4())
    fresh, old = folder / "fresh", folder / "old"
    for path in (fresh, old):
        path.write_bytes(b"x")
    week = (timezone.now() - timedelta(days=7, minutes=1)).timestamp()
    os.utime(old, (week, week))
    os.utime(video.path, (week, week))
    disk.sweep()
    assert {path.name for path in folder.iterdir()} == {"fresh", video.path.name}


@pytest.mark.django_db
def test_without_any_video_there_is_nothing_to_clean(folder):
    disk.sweep()
    assert not folder.exists()
