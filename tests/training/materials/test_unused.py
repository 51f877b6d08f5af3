"""Files that nothing shows go after a month; none that a page, a draft, an older revision or a version shows."""

import datetime
import os

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from suite.hooks import collect
from suite.publishing.domain.lifecycle import submit
from tests.training.materials.made import kept_photo, kept_slides, slides
from training.domain.materials import files
from training.domain.materials.unused import sweep_disk, unused
from training.models import MaterialFile, MaterialPage, MaterialPicture, MaterialVersion
from training.storage import training_folder

MONTH = datetime.timedelta(days=30, minutes=1)


@pytest.fixture
def user(editors):
    return editors.editor


@pytest.fixture
def sweep(django_capture_on_commit_callbacks):
    """sweep(after=MONTH): what the clock does that much later; the names of the files that are left."""

    def run(after=MONTH):
        now = timezone.now() + after
        jobs = [job for job in collect("periodic_jobs", now) if job.key.startswith("training.sweep_files:")]
        assert len(jobs) == 1
        with django_capture_on_commit_callbacks(execute=True):
            jobs[0].run()
        return sorted(MaterialFile.objects.values_list("name", flat=True))

    return run


def on_disk():
    return sum(path.is_file() for path in training_folder().rglob("*"))


def test_what_nothing_shows_goes_with_its_sheets_after_thirty_days(user, sweep):
    file = kept_slides(user)
    assert on_disk() == 4
    assert sweep(MONTH - datetime.timedelta(minutes=2)) == ["课件.pdf"]
    assert sweep() == []
    assert on_disk() == 0
    entry = ModelLogEntry.objects.get(action="training.drop_file")
    assert (entry.object_id, entry.user, entry.data["what"]) == (str(file.pk), None, "课件.pdf")


def test_the_day_has_one_sweep(db):
    now = timezone.now()
    keys = {job.key for job in collect("periodic_jobs", now) if "sweep_files" in job.key}
    assert keys == {f"training.sweep_files:{timezone.localdate(now)}"}


def test_what_a_live_page_shows_stays(user, draft_material, publish, sweep):
    draft = draft_material(file=kept_slides(user))
    draft.pictures = [MaterialPicture(file=kept_photo(user, "red"), sort_order=0)]
    draft.save_revision(user=user)
    page = publish(draft)
    # Whatever becomes of the revisions.
    page.revisions.exclude(pk__in=[page.live_revision_id, page.latest_revision_id]).delete()
    assert sweep() == ["red.jpeg", "课件.pdf"]


def test_what_a_page_shows_of_which_no_revision_is_left_stays(user, draft_material, sweep):
    page = draft_material(file=kept_slides(user))
    page.pictures = [MaterialPicture(file=kept_photo(user, "red"), sort_order=0)]
    page.save()
    page.revisions.all().delete()
    assert sweep() == ["red.jpeg", "课件.pdf"]


def test_a_row_that_is_deleted_takes_its_files_along(user, django_capture_on_commit_callbacks):
    file = kept_slides(user)
    assert on_disk() == 4
    with django_capture_on_commit_callbacks(execute=True):
        file.delete()
    assert on_disk() == 0


def test_what_only_a_version_shows_stays(user, draft_material, publish, change, sweep):
    page = change(publish(draft_material(file=kept_slides(user))), file=kept_slides(user, "新", name="新课件.pdf"))
    page.revisions.exclude(pk__in=[page.live_revision_id, page.latest_revision_id]).delete()
    assert not MaterialPage.objects.filter(file__name="课件.pdf").exists()
    assert sweep() == ["新课件.pdf", "课件.pdf"]
    MaterialVersion.objects.filter(number=1).delete()
    assert sweep() == ["新课件.pdf"]


def test_what_only_a_draft_shows_stays(user, draft_material, publish, sweep):
    draft = publish(draft_material()).get_latest_revision_as_object()
    draft.file = kept_slides(user)
    draft.pictures = [MaterialPicture(file=kept_photo(user, "red"), sort_order=0)]
    draft.save_revision(user=user)
    assert sweep() == ["red.jpeg", "课件.pdf"]


def test_what_an_older_revision_shows_stays_as_long_as_one_can_go_back_to_it(user, draft_material, sweep):
    page = draft_material(file=kept_slides(user))
    page.pictures = [MaterialPicture(file=kept_photo(user, "red"), sort_order=0)]
    page.save_revision(user=user)
    for _time in range(2):
        page.file, page.pictures = None, []
        page.save_revision(user=user)
    MaterialPage.objects.update(file=None)
    assert sweep() == ["red.jpeg", "课件.pdf"]
    assert page.revisions.order_by("-pk")[2].as_object().file.name == "课件.pdf"
    page.revisions.exclude(pk=page.latest_revision_id).delete()
    assert sweep() == []


def test_what_a_scheduled_revision_shows_stays(user, editors, draft_material, publish, sweep):
    live = publish(draft_material())
    draft = live.get_latest_revision_as_object()
    draft.file, draft.go_live_at = kept_slides(user), timezone.now() + datetime.timedelta(days=60)
    from training.domain.materials import versions

    versions.answer(draft, True, "加了课件")
    draft.save_revision(user=user)
    submit(draft, user)
    from suite.publishing.domain.lifecycle import approve

    approve(draft, editors.checker)
    approve(draft, editors.approver)
    draft.file, draft.go_live_at = None, None
    draft.save_revision(user=user)
    scheduled = live.revisions.exclude(approved_go_live_at=None).get()
    live.revisions.exclude(pk__in=[scheduled.pk, live.latest_revision_id, live.live_revision_id]).delete()
    assert sweep() == ["课件.pdf"]


def test_what_a_deleted_page_showed_goes(user, draft_material, sweep):
    page = draft_material(file=kept_slides(user))
    assert sweep() == ["课件.pdf"]
    page.delete()
    assert sweep() == []


def test_what_was_uploaded_once_more_waits_as_long_as_a_new_one(user, sweep):
    file = kept_slides(user)
    month_ago = timezone.now() - datetime.timedelta(days=31)
    MaterialFile.objects.update(requested_at=month_ago)
    assert list(unused(timezone.now())) == [file]
    assert kept_slides(user) == file
    assert list(unused(timezone.now())) == []


def test_what_is_still_drawn_is_left_to_the_worker(user, queued, sweep):
    files.keep(slides(), user)
    assert sweep() == ["课件.pdf"]


def test_what_was_refused_goes_too(user, queued, sweep):
    from suite.background.domain.lifecycle import take
    from training.domain.lifecycle import materials as lifecycle

    files.keep(slides(), user)
    lifecycle.refuse(take(*queued[0]), "画不出来。")
    assert sweep() == []


def test_what_on_the_disk_belongs_to_nothing_goes_after_a_week(user, db):
    kept_slides(user)
    week = (timezone.now() - datetime.timedelta(days=7, minutes=1)).timestamp()
    for folder in ("files", "sheets"):
        for name in ("fresh", "old"):
            (training_folder() / folder / name).write_bytes(b"x")
    for path in training_folder().rglob("*"):
        if path.is_file() and path.name != "fresh":
            os.utime(path, (week, week))
    sweep_disk(timezone.now())
    assert on_disk() == 4 + 2
    assert not any(path.name == "old" for path in training_folder().rglob("*"))


def test_without_any_file_there_is_nothing_to_sweep(db, sweep):
    assert sweep() == []
    assert not training_folder().exists()
