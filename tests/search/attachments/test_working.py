"""Reading files in the background: once, taken up again after a worker's death, never in anybody's way."""

import os
import signal
import time
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, connections
from django.utils import timezone

from search.attachments import child, tasks, working
from search.attachments.hooks import periodic_jobs
from search.attachments.models import FileText
from search.attachments.outcomes import Outcome

from . import files

MINUTE = timedelta(minutes=1)


@pytest.fixture
def unread(upload, monkeypatch):
    """unread(content, name): a document that waits to be read."""

    def make(content, name="a.pdf"):
        with monkeypatch.context() as patched:
            patched.setattr(tasks.working, "read_file", lambda key: False)
            return upload(content, name)

    return make


def jobs(now, begins):
    return [job for job in periodic_jobs(now) if job.key.startswith(begins)]


def known(document):
    return FileText.objects.values_list("outcome", "text").get(pk=document.pk)


@pytest.mark.django_db
def test_an_uploaded_file_is_read(upload):
    document = upload(files.pdf(["低保须知"]))
    row = FileText.objects.get()
    assert (row.document, row.outcome, row.text, row.pages, row.characters) == (document, "read", "低保须知", 1, 4)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["a.xlsx", "a.zip", "a.txt"])
def test_files_of_other_kinds_are_left_alone(upload, name):
    upload(b"PK", name)
    assert not FileText.objects.exists()


@pytest.mark.django_db
def test_a_file_that_becomes_one_of_another_kind_is_forgotten(upload):
    document = upload(files.pdf(["低保须知"]))
    document.file = ContentFile(b"text", name="a.txt")
    document.save()
    assert not FileText.objects.exists()


@pytest.mark.django_db
def test_capital_letters_in_a_name_do_not_matter(upload):
    assert known(upload(files.pdf(["低保须知"]), "A.PDF")) == ("read", "低保须知")


@pytest.mark.django_db
def test_the_same_file_under_two_names_is_read_once(upload, monkeypatch):
    upload(files.pdf(["低保须知"]))
    monkeypatch.setattr(child, "read", lambda *args: pytest.fail("it was read again"))
    assert known(upload(files.pdf(["低保须知"]), "b.pdf")) == ("read", "低保须知")


@pytest.mark.django_db
def test_the_same_file_with_another_ending_is_not_taken_for_the_same(upload):
    upload(files.pdf(["低保须知"]))
    assert known(upload(files.pdf(["低保须知"]), "b.docx")) == ("wrong_kind", "")


@pytest.mark.django_db
def test_a_file_that_is_too_big_is_not_even_copied_to_its_end(upload, monkeypatch):
    monkeypatch.setattr(child, "LARGEST_FILE", 1000)
    monkeypatch.setattr(child, "read", lambda *args: pytest.fail("it was read"))
    assert known(upload(files.pdf(["低保须知" * 100]))) == ("too_big", "")


@pytest.mark.django_db
def test_a_file_that_is_gone_from_the_store_says_so(unread):
    document = unread(files.pdf(["低保须知"]))
    default_storage.delete(document.file.name)
    tasks.read_file.call(document.pk)
    assert known(document) == ("missing", "")


@pytest.mark.django_db
def test_only_one_worker_reads_a_file(unread, monkeypatch):
    document = unread(files.pdf(["低保须知"]))
    asked = []

    def meanwhile(path, kind):
        asked.append(working.read_file(document.pk))
        return child.Reading(Outcome.READ, 1, 1, "低保须知")

    monkeypatch.setattr(child, "read", meanwhile)
    assert working.read_file(document.pk)
    assert asked == [False]
    assert not working.read_file(document.pk)
    assert known(document) == ("read", "低保须知")


@pytest.mark.django_db
def test_what_a_worker_read_of_a_file_that_was_replaced_meanwhile_is_dropped(unread, monkeypatch):
    document = unread(files.pdf(["低保须知"]))

    def meanwhile(path, kind):
        row = FileText.objects.get()
        row.begin_anew(timezone.now())
        row.save()
        return child.Reading(Outcome.READ, 1, 1, "旧的")

    monkeypatch.setattr(child, "read", meanwhile)
    assert working.read_file(document.pk)
    assert known(document) == ("", "")


@pytest.mark.django_db
def test_a_file_that_fell_silent_is_asked_for_again_by_the_tick(unread):
    document = unread(files.pdf(["低保须知"]))
    now = timezone.now()
    assert jobs(now, "search.file:") == []
    later = now + working.SILENT + MINUTE
    (job,) = jobs(later, "search.file:")
    assert job.description == "读取“申请表”的文字"
    job.run()
    assert known(document) == ("read", "低保须知")
    assert jobs(later + MINUTE, "search.file:") == []


@pytest.mark.django_db
def test_a_file_that_waits_long_in_the_queue_is_asked_for_once_in_ten_minutes(unread, monkeypatch):
    unread(files.pdf(["低保须知"]))
    monkeypatch.setattr(tasks.working, "read_file", lambda key: False)
    later = timezone.now() + working.SILENT + MINUTE
    (job,) = jobs(later, "search.file:")
    job.run()
    assert jobs(later + MINUTE, "search.file:") == []
    (again,) = jobs(later + working.SILENT + MINUTE, "search.file:")
    assert again.key != job.key


@pytest.mark.django_db
def test_a_file_that_ended_its_worker_three_times_is_not_tried_again(unread, monkeypatch):
    document = unread(files.pdf(["低保须知"]))
    monkeypatch.setattr(child, "read", lambda *args: pytest.fail("it was read"))
    FileText.objects.update(tries=working.MOST_TRIES)
    tasks.read_file.call(document.pk)
    assert known(document) == ("stopped", "")


@pytest.mark.django_db
def test_files_from_before_are_found_once_a_day(upload):
    document = upload(files.word(["低保须知"]), "b.docx")
    upload(b"PK", "c.xlsx")
    FileText.objects.all().delete()
    (job,) = jobs(timezone.now(), "search.files:")
    job.run()
    assert FileText.objects.get().document == document
    assert known(document) == ("read", "低保须知")


@pytest.mark.django_db
def test_no_two_writes_of_reading_are_in_one_transaction(unread, django_assert_num_queries):
    """Claiming and keeping are single statements: nobody waits for the reading between them."""
    document = unread(files.pdf(["低保须知"]))
    with django_assert_num_queries(4) as captured:  # claim, look, the same file elsewhere, keep
        working.read_file(document.pk)
    assert [query["sql"].split()[0] for query in captured] == ["UPDATE", "SELECT", "SELECT", "UPDATE"]


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_while_reading_leaves_a_file_that_is_read_later(unread):
    # Unpacking the page's instructions keeps the reader busy for seconds.
    document = unread(files.bursting_pdf(300 << 20))
    connection.close()
    worker = os.fork()
    if not worker:
        for each in connections.all(initialized_only=True):
            each.connection = None
        working.read_file(document.pk)
        os._exit(0)
    until = time.monotonic() + 20
    while not FileText.objects.filter(pk=document.pk).exclude(begun_at=None).exists():
        assert time.monotonic() < until
        time.sleep(0.02)
    os.kill(worker, signal.SIGKILL)
    assert os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1]) == -signal.SIGKILL
    assert known(document) == ("", "")
    # Nobody knows yet that it is dead.
    assert not working.read_file(document.pk)
    later = timezone.now() + working.SILENT + MINUTE
    FileText.objects.update(begun_at=timezone.now() - working.SILENT - MINUTE)
    (job,) = jobs(later, "search.file:")
    default_storage.delete(document.file.name)
    default_storage.save(document.file.name, ContentFile(files.pdf(["低保须知"])))
    job.run()
    assert known(document) == ("read", "低保须知")
