"""Adding and removing, and what lies on the disk afterwards."""

import datetime
import os
import time

import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError
from wagtail.models import ModelLogEntry

from suite.evidence import Link
from suite.evidence.domain import attach, evidence_of, evidence_of_many, remove
from suite.evidence.domain.disk import sweep
from suite.evidence.models import Evidence
from suite.evidence.validators import fingerprint
from tests.suite.evidence.conftest import KIND
from tests.suite.evidence.files import PDF, picture, upload

LAMP = (KIND, "owner-1")


class RolledBackError(Exception):
    pass


@transaction.atomic
def rolled_back(*works):
    for work in works:
        work()
    raise RolledBackError


def refused(call, *arguments):
    with pytest.raises(ValidationError) as refusal:
        call(*arguments)
    return getattr(refusal.value, "message_dict", refusal.value.messages)


def log():
    entries = ModelLogEntry.objects.filter(action__startswith="evidence.").order_by("pk")
    return list(entries.values_list("action", "data__what", "data__record"))


def test_files_and_links_belong_to_a_record_and_say_who_added_them(owner, folder, settings):
    rows = attach(LAMP, [upload("..\\灯.png", picture())], [Link("/desk/", " 办公\u202e桌 ")], owner)
    assert evidence_of(LAMP) == rows
    file, link = rows
    assert (file.kind, file.key, file.name, file.size, len(file.sha256)) == (
        *LAMP, "灯.png", len(picture()), 64,
    )  # fmt: skip
    assert (file.link, file.title, file.added_by, file.is_picture, link.is_picture) == ("", "", owner, True, False)
    assert (link.link, link.title, link.name, link.url, bool(link.file)) == ("/desk/", "办公 桌", "", "/desk/", False)
    assert [str(row) for row in rows] == ["灯.png", "办公 桌"]
    assert [path.read_bytes() for path in folder()] == [picture()]
    assert not folder()[0].is_relative_to(settings.MEDIA_ROOT)
    assert [oct(path.stat().st_mode & 0o777) for path in (folder()[0], folder()[0].parent)] == ["0o600", "0o700"]
    assert "灯" not in str(folder()[0])
    assert log() == [
        ("evidence.attach", "灯.png", "lamps.lamp owner-1"),
        ("evidence.attach", "办公 桌", "lamps.lamp owner-1"),
    ]
    with pytest.raises(ValueError, match="served by its row"):
        _ = file.file.url


def test_one_bad_file_or_link_refuses_all_and_each_is_named(owner, folder):
    files = [upload("好.pdf"), upload("坏.pdf", b"MZ"), upload("坏.html")]
    links = [Link("/desk/"), Link("javascript:alert(1)")]
    told = refused(attach, LAMP, files, links, owner)
    assert told == {
        "evidence_files": [
            "“坏.pdf”的内容和文件名不符：请重新保存后再添加。",
            "“坏.html”的格式不能用作佐证：请添加图片（JPG、PNG、GIF、WEBP）、PDF、Word（DOCX）或者 Excel（XLSX）文件。",
        ],
        "evidence_links": ["“javascript:alert(1)”不能用作链接：请填本站以 / 开头的网址，或者以 https:// 开头的网址。"],
    }
    assert (Evidence.objects.count(), folder(), log()) == (0, [], [])


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/", "//example.com/", "/\\example.com", "https://", "https://a@example.com/", "desk/",
        "https://example.com/a b", "data:text/html,x", "https:\\\\example.com", "", "/a\nb", "https://[::1",
    ],
)  # fmt: skip
def test_a_link_leads_within_the_site_or_to_https(owner, url):
    assert list(refused(attach, LAMP, [], [Link(url)], owner)) == ["evidence_links"]


def test_an_address_of_this_site_is_kept_as_its_path(owner, settings):
    settings.WAGTAILADMIN_BASE_URL = "http://10.1.2.3:8000"
    links = [Link("http://10.1.2.3:8000/draws/?p=2#a"), Link("https://www.zj.gov.cn/a")]
    assert [row.link for row in attach(LAMP, [], links, owner)] == ["/draws/?p=2#a", "https://www.zj.gov.cn/a"]
    assert refused(attach, LAMP, [], [Link("http://10.1.2.3:80001/")], owner) != []
    assert refused(attach, LAMP, [], [Link("/" + "a" * 500)], owner) == {
        "evidence_links": ["网址超过500个字符：请去掉“?”后面的部分再填。"]
    }


def test_a_record_has_so_many_files_and_links_at_most(owner, folder):
    one = attach(LAMP, [upload(f"{number}.pdf") for number in range(20)], [], owner)[0]
    assert refused(attach, LAMP, [upload("a.pdf")], [], owner) == {
        "evidence_files": ["每条记录最多放20个文件：请把多张图片合成一个 PDF。"]
    }
    attach(LAMP, [], [Link("/desk/")] * 20, owner)
    assert refused(attach, LAMP, [], [Link("/desk/")], owner) == {
        "evidence_links": ["每条记录最多放20个链接：请只放能通到其他页面的那一个。"]
    }
    attach((KIND, "owner-2"), [upload("a.pdf")], [Link("/desk/")], owner)
    remove(one, owner, "传错了")
    assert [row.name for row in attach(LAMP, [upload("a.pdf")], [], owner)] == ["a.pdf"]


def test_a_kind_that_nobody_could_read_is_a_mistake_of_the_program(owner):
    with pytest.raises(ImproperlyConfigured, match="evidence_readers"):
        attach(("lamps.other", 1), [], [], owner)


def test_evidence_of_many_records_takes_one_query(owner, django_assert_num_queries):
    for number in (1, 2, 2):
        attach((KIND, number), [upload(f"{number}.pdf")], [], owner)
    with django_assert_num_queries(1):
        found = evidence_of_many(KIND, [1, 2, 3])
        names = {key: [(row.name, row.added_by.username) for row in rows] for key, rows in found.items()}
    assert names == {1: [("1.pdf", "owner")], 2: [("2.pdf", "owner")] * 2, 3: []}
    with django_assert_num_queries(0):
        assert evidence_of_many(KIND, []) == {}


def test_evidence_stays_as_it_was_added(owner):
    row = attach(LAMP, [upload("a.pdf")], [], owner)[0]
    row.name = "b.pdf"
    assert refused(row.save) == ["佐证不能修改：请写明原因移除，再添加正确的。"]
    assert refused(lambda: row.save(update_fields=["name", "removed_at"])) != []
    assert Evidence.objects.get().name == "a.pdf"


@pytest.mark.django_db
@pytest.mark.parametrize("fields", [{}, {"name": "a.pdf", "link": "/desk/"}])
def test_the_database_holds_nothing_that_is_neither_file_nor_link(fields):
    with pytest.raises(IntegrityError):
        Evidence.objects.create(kind=KIND, key="1", **fields)


@pytest.mark.django_db(transaction=True)
def test_what_is_removed_leaves_the_disk_and_its_row_says_who_and_why(owner, folder):
    row, other = attach(LAMP, [upload("a.pdf"), upload("b.pdf", PDF + b"b")], [], owner)
    assert refused(remove, row, owner, " ") == {"reason": ["请写明移除的原因，原因会留在列表里。"]}
    assert refused(remove, row, owner, "长" * 201) == {"reason": ["原因超过200个字：请写短一些。"]}
    with pytest.raises(RolledBackError):
        rolled_back(lambda: remove(row, owner, "传错了"))
    assert len(folder()) == 2
    gone = remove(row, owner, " 传错了 ")
    assert [path.read_bytes() for path in folder()] == [PDF + b"b"]
    assert (gone.name, gone.removed_by, gone.removed_reason, gone.url, bool(gone.file)) == (
        "a.pdf", owner, "传错了", "", False,
    )  # fmt: skip
    assert evidence_of(LAMP) == [other]
    assert evidence_of(LAMP, removed=True) == [row, other]
    assert refused(remove, row, owner, "又一次") == ["“a.pdf”已经移除：请重新打开列表。"]
    assert log()[-1] == ("evidence.remove", "a.pdf", "lamps.lamp owner-1")
    other.refresh_from_db()
    other.delete()
    assert folder() == []


@pytest.mark.django_db(transaction=True)
def test_what_is_committed_stays(owner, folder):
    with transaction.atomic():
        attach(LAMP, [upload("a.pdf")], [], owner)
        with transaction.atomic():
            attach(LAMP, [upload("b.pdf")], [], owner)
    assert len(folder()) == 2


@pytest.mark.django_db(transaction=True)
def test_nothing_stays_of_a_transaction_that_was_rolled_back(owner, folder):
    there = []
    with pytest.raises(RolledBackError):
        rolled_back(lambda: attach(LAMP, [upload("a.pdf")], [], owner), lambda: there.extend(folder()))
    assert (len(there), folder()) == (1, [])
    with transaction.atomic():
        attach(LAMP, [upload("a.pdf", PDF + b"kept")], [], owner)
        with pytest.raises(RolledBackError):
            rolled_back(lambda: attach(LAMP, [upload("b.pdf")], [], owner))
        assert len(folder()) == 1
    with transaction.atomic():
        attach(LAMP, [upload("c.pdf")], [], owner)
        transaction.set_rollback(True)
    assert [path.read_bytes() for path in folder()] == [PDF + b"kept"]
    assert [row.name for row in Evidence.objects.all()] == ["a.pdf"]


@pytest.mark.django_db(transaction=True)
def test_nothing_stays_where_a_file_cannot_be_written(owner, folder):
    attach(LAMP, [upload("a.pdf")], [], owner)
    kept = folder()
    broken = upload("c.pdf")
    fingerprint(broken)
    broken.close()
    with pytest.raises(ValueError, match="closed file"):
        attach(LAMP, [upload("b.pdf"), broken], [], owner)
    assert (folder(), Evidence.objects.count()) == (kept, 1)


@pytest.mark.django_db(transaction=True)
def test_nothing_stays_where_a_row_cannot_be_saved(owner, folder):
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TRIGGER refuse BEFORE INSERT ON evidence_evidence WHEN NEW.name = 'b.pdf' "
            "BEGIN SELECT RAISE(ABORT, 'refused'); END"
        )
    try:
        with pytest.raises(DatabaseError):
            attach(LAMP, [upload("a.pdf"), upload("b.pdf")], [], owner)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER refuse")
    assert (folder(), Evidence.objects.count()) == ([], 0)


@pytest.mark.django_db(transaction=True)
def test_what_a_killed_process_left_is_swept_after_a_week(owner, folder):
    attach(LAMP, [upload("a.pdf", PDF + b"kept")], [], owner)
    month = folder()[0].parent
    (month / "old").write_bytes(b"old")
    (month / "new").write_bytes(b"new")
    long_ago = time.time() - datetime.timedelta(days=8).total_seconds()
    for path in folder():
        if path.name != "new":
            os.utime(path, (long_ago, long_ago))
    sweep()
    assert sorted(path.read_bytes() for path in folder()) == [PDF + b"kept", b"new"]
