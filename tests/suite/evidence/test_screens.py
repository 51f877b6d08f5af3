"""Who may read a file, how it is sent, and the list of evidence."""

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.urls import reverse
from wagtail import hooks

from suite.evidence import EvidenceDoor, Link
from suite.evidence.checks import check_evidence_readers
from suite.evidence.domain import attach, evidence_of, remove
from suite.hooks import collect
from tests.suite.evidence.conftest import KIND
from tests.suite.evidence.files import PDF, office, picture, upload
from tests.suite.publishing.steps import make_user

LAMP = (KIND, "owner-1")
HEADERS = (
    "Content-Type", "Content-Disposition", "X-Content-Type-Options", "Content-Security-Policy",
    "Cross-Origin-Resource-Policy", "Cache-Control",
)  # fmt: skip


@pytest.fixture
def kept(owner):
    return attach(LAMP, [upload("路灯.pdf")], [Link("https://www.zj.gov.cn/", "省政府")], owner)


def test_who_the_plugin_lets_in_reads_and_for_all_others_there_is_nothing(client, kept, owner):
    address = kept[0].url
    assert address == f"/desk/evidence/{kept[0].pk}/"
    answer = client.get(address)
    assert (answer.status_code, answer["Location"]) == (302, f"/admin/login/?next={address}")
    client.force_login(make_user("other", "head"))
    assert client.get(address).status_code == 404
    client.force_login(make_user("root", is_superuser=True))
    assert client.get(address).status_code == 404
    client.force_login(owner)
    answer = client.get(address)
    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, PDF)
    assert client.post(address).status_code == 405


def test_nobody_reads_what_no_plugin_has_the_door_of(client, kept, owner):
    type(kept[0]).objects.filter(pk=kept[0].pk).update(kind="lamps.gone")
    client.force_login(owner)
    assert client.get(kept[0].url).status_code == 404


def test_no_account_that_was_closed_reads(kept, owner):
    from suite.evidence.domain import may_read

    assert may_read(owner, kept[0]) is True
    owner.is_active = False
    assert may_read(owner, kept[0]) is False


def test_a_link_a_removed_and_a_missing_file_are_not_there(client, kept, owner, folder, caplog):
    client.force_login(owner)
    file, link = kept
    assert client.get(reverse("evidence_file", args=[link.pk])).status_code == 404
    folder()[0].unlink()
    assert client.get(file.url).status_code == 404
    assert f"The file of evidence {file.pk} is missing" in caplog.text
    remove(file, owner, "传错了")
    assert client.get(reverse("evidence_file", args=[file.pk])).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "kind", "how"),
    [
        ("a.png", picture(), "image/png", 'inline; filename="a.png"'),
        ("a.jpg", picture("JPEG"), "image/jpeg", 'inline; filename="a.jpg"'),
        ("灯.pdf", PDF, "application/pdf", "inline; filename*=utf-8''%E7%81%AF.pdf"),
        (
            'a"b.docx',
            office(),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            'attachment; filename="a\\"b.docx"',
        ),
    ],
)
def test_a_file_is_sent_so_that_nothing_in_it_runs(client, owner, name, content, kind, how):
    row = attach(LAMP, [upload(name, content)], [], owner)[0]
    client.force_login(owner)
    answer = client.get(row.url)
    assert tuple(answer[header] for header in HEADERS) == (
        kind,
        how,
        "nosniff",
        "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'; sandbox",
        "same-origin",
        "max-age=0, no-cache, no-store, must-revalidate, private",
    )
    assert b"".join(answer.streaming_content) == content


def test_the_address_is_open_to_whoever_is_logged_in(owner):
    from django.contrib.auth.models import AnonymousUser

    rows = [row for row in collect("permission_rows") if row.url_name == "evidence_file"]
    assert [(row.allowed(owner), row.allowed(AnonymousUser())) for row in rows] == [(True, False)]


def test_a_kind_has_one_door_and_a_door_is_a_door():
    assert check_evidence_readers(None) == []
    again = EvidenceDoor(KIND, lambda user, key: True)
    for rows, problem in (([again], "evidence.E002"), (["x"], "evidence.E001")):
        with hooks.register_temporarily("evidence_readers", lambda rows=rows: rows):
            assert [error.id for error in check_evidence_readers(None)] == [problem]


def test_the_list_tells_what_how_large_who_and_when(kept, owner):
    remove(attach(LAMP, [upload("错.pdf")], [], owner)[0], owner, "传错了")
    page = BeautifulSoup(
        render_to_string("evidence/list.html", {"evidence": evidence_of(LAMP, removed=True)}), "html.parser"
    )
    day = kept[0].added_at.astimezone().strftime("%Y-%m-%d")
    rows = [" ".join(row.get_text(" ").split()) for row in page.find_all("li")]
    assert [row.split(day)[0].strip() for row in rows] == [
        f"路灯.pdf {len(PDF)} 字节 owner",
        "省政府 链接 owner",
        f"错.pdf {len(PDF)} 字节 owner",
    ]
    assert rows[2].endswith("移除：传错了")
    assert [(link["href"], link.get("rel")) for link in page.find_all("a")] == [
        (kept[0].url, None),
        ("https://www.zj.gov.cn/", ["noopener", "noreferrer"]),
    ]
    assert "还没有文件和链接。" in render_to_string("evidence/list.html", {"evidence": []})
