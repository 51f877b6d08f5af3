"""The bytes of a video over HTTP: ranges as RFC 9110 says, and nothing for whom it is not."""

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.urls import reverse

from tests.training.videos.files import mp4
from training.views import lanes, video_files

CONTENT = mp4(size=5000)
SIZE = len(CONTENT)


@pytest.fixture
def video(upload, client, editor):
    client.force_login(editor)
    return upload(CONTENT, title="防汛 演练")


def bytes_of(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def reader_is_gone(answer):
    """As the server does when the line breaks. The test's database stays open."""
    request_finished.disconnect(close_old_connections)
    answer.close()
    request_finished.connect(close_old_connections)


@pytest.fixture
def get(client, video):
    """get(way, **headers): status, bytes and headers of one answer, which is closed."""

    def ask(way="play", method="get", **headers):
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = getattr(client, method)(reverse(f"training_video_{way}", args=[video.pk]), headers=sent)
        content = bytes_of(answer)
        return answer.status_code, content, answer.headers

    return ask


def test_the_whole_file_where_nothing_is_asked_for(get):
    status, content, headers = get("download")
    assert (status, content == CONTENT, headers["Content-Length"]) == (200, True, str(SIZE))
    assert (headers["Accept-Ranges"], headers["Content-Type"]) == ("bytes", "video/mp4")
    assert headers["Content-Disposition"] == (
        "attachment; filename*=utf-8''%E9%98%B2%E6%B1%9B%20%E6%BC%94%E7%BB%83.mp4"
    )


@pytest.mark.parametrize("way", ["play", "download"])
@pytest.mark.parametrize(("asked", "start", "end"), [("0-99", 0, 100), ("5000-", 5000, SIZE), ("-7", SIZE - 7, SIZE)])
def test_a_part_is_given_as_a_part(get, way, asked, start, end):
    status, content, headers = get(way, Range=f"bytes={asked}")
    assert (status, content == CONTENT[start:end]) == (206, True)
    assert headers["Content-Range"] == f"bytes {start}-{end - 1}/{SIZE}"
    assert headers["Content-Length"] == str(end - start)


def test_a_part_behind_the_end_cannot_be_given(get):
    status, content, headers = get(Range=f"bytes={SIZE}-")
    assert (status, content, headers["Content-Range"]) == (416, b"", f"bytes */{SIZE}")


def test_a_player_gets_a_portion_and_says_so(get, monkeypatch):
    monkeypatch.setattr(video_files, "PORTION", 1000)
    status, content, headers = get(Range="bytes=10-")
    assert (status, content == CONTENT[10:1010], headers["Content-Range"]) == (206, True, f"bytes 10-1009/{SIZE}")
    assert len(get("download", Range="bytes=10-")[1]) == SIZE - 10


def test_a_download_goes_on_only_with_the_same_file(get):
    tag = get(Range="bytes=0-0")[2]["ETag"]
    assert get("download", Range="bytes=100-", If_Range=tag)[0] == 206
    assert get("download", Range="bytes=100-", If_Range='"another"')[:2] == (200, CONTENT)
    assert get("download", Range="bytes=100-", If_Range="Sun, 22 Nov 2026 08:00:00 GMT")[0] == 200


def test_what_the_browser_has_is_not_sent_again(get):
    tag = get(Range="bytes=0-0")[2]["ETag"]
    assert get("download", If_None_Match=tag)[:2] == (304, b"")
    assert get("download", If_None_Match='"another"')[0] == 200


@pytest.mark.parametrize("way", ["play", "download"])
def test_head_tells_how_long_it_is_and_takes_no_lane(get, way):
    taken = [lanes.DOWNLOADS.acquire(blocking=False) for _number in range(2)]
    try:
        status, content, headers = get(way, method="head")
    finally:
        for _one in taken:
            lanes.DOWNLOADS.release()
    assert (status, content, headers["Content-Length"]) == (200, b"", str(SIZE))
    assert headers["Accept-Ranges"] == "bytes"


def test_a_third_download_is_told_to_come_back_and_the_player_goes_on(client, video):
    address = reverse("training_video_download", args=[video.pk])
    first, second = client.get(address), client.get(address)
    third = client.get(address)
    assert (third.status_code, third.headers["Retry-After"]) == (503, "30")
    assert "现在已有两个人在下载视频" in third.content.decode()
    assert client.get(reverse("training_video_play", args=[video.pk]), headers={"Range": "bytes=0-"}).status_code == 206
    # One reader has it all, the other's line broke: both lanes are free again.
    assert bytes_of(first) == CONTENT
    reader_is_gone(second)
    reader_is_gone(second)
    again = [client.get(address) for _number in range(2)]
    assert [answer.status_code for answer in again] == [200, 200]
    assert client.get(address).status_code == 503
    for answer in again:
        reader_is_gone(answer)


def test_nothing_in_the_file_runs_and_nobody_else_keeps_it(get):
    headers = get(Range="bytes=0-9")[2]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; media-src 'self'; sandbox"
    assert headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("way", ["play", "download", "captions"])
def test_for_whom_it_is_not_there_is_none(client, video, get, way, account):
    video.captions = "WEBVTT\n\n00:01.000 --> 00:02.000\n好\n"
    video.save()
    assert get(way)[0] == 200
    client.logout()
    assert get(way)[0] == 404
    client.force_login(account("cadre", "cadre"))
    assert get(way)[0] == 404


def test_a_file_that_is_missing_on_the_disk_is_said_in_the_log(get, video, caplog):
    video.path.unlink()
    assert get()[0] == 404
    assert "Put it back from the backup." in caplog.text


def test_captions_are_webvtt(get, video):
    assert get("captions")[0] == 404
    video.captions = "WEBVTT\n\n00:01.000 --> 00:02.000\n好\n"
    video.save()
    status, content, headers = get("captions")
    assert (status, content.decode(), headers["Content-Type"]) == (200, video.captions, "text/vtt; charset=utf-8")
