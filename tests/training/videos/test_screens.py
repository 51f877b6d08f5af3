"""The pages about videos on the desk, and the player on a material."""

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from suite.background.domain.lifecycle import work_on
from suite.hooks import collect
from tests.training.videos.files import mp4
from training.domain.lifecycle import videos
from training.domain.videos.refusals import MEGABYTE
from training.models import Video
from training.templatetags.training_videos import clock_time, hardly_played, lasting

VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\n先关总闸。\n"


@pytest.fixture
def editor(editors):
    return editors.editor


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def said(answer):
    return " ".join(BeautifulSoup(answer.content, "html.parser").find("main").get_text(" ").split())


def test_without_scripts_a_small_video_comes_with_the_form(desk, queued):
    file = SimpleUploadedFile("演练.mp4", mp4(), content_type="video/mp4")
    answer = desk.post(reverse("training_videos_new"), {"title": "防汛演练", "file": file})
    video = Video.objects.get()
    assert answer.headers["Location"] == reverse("training_videos_one", args=[video.pk])
    assert "检查中" in said(desk.get(answer.headers["Location"]))
    work_on(*queued[0])
    page = BeautifulSoup(desk.get(answer.headers["Location"]).content, "html.parser")
    assert page.video["src"] == reverse("training_video_play", args=[video.pk])
    assert "还没有资料使用它" in page.main.get_text()


class Unread:
    """What is sent, where nobody may look at it."""

    def read(self, *_size):
        raise AssertionError("read")

    readline = read


@pytest.mark.parametrize(
    ("megabytes", "told"),
    [
        (102, "不启用 JavaScript 最多只能上传 100 MB：请启用 JavaScript，或换一个浏览器。"),
        (2048, "这个视频有 2048 MB，最多只收 500 MB：请降低清晰度另存（720p 就够），或分成几段。"),
    ],
)
def test_a_form_that_is_too_large_is_refused_without_being_read(editor, megabytes, told):
    # The token is asked for as from a browser: it stands in what is sent.
    desk = Client(enforce_csrf_checks=True)
    desk.force_login(editor)
    answer = desk.post(
        reverse("training_videos_new"),
        headers={"Content-Length": str(megabytes * MEGABYTE + 500)},
        **{"wsgi.input": Unread()},
    )
    assert answer.status_code == 422
    assert told in said(answer)
    # What was typed was not read, and nothing says that it is still there.
    assert "填的内容都在" not in said(answer)


def test_an_empty_form_says_what_is_missing_and_keeps_what_was_typed(desk):
    answer = desk.post(reverse("training_videos_new"), {"title": "防汛演练"})
    assert answer.status_code == 422
    assert BeautifulSoup(answer.content, "html.parser").find("input", {"name": "title"})["value"] == "防汛演练"
    file = SimpleUploadedFile("a.mp4", b"", content_type="video/mp4")
    assert desk.post(reverse("training_videos_new"), {"title": "甲", "file": file}).status_code == 422
    assert not Video.objects.exists()


def test_everybody_sees_their_own_and_who_runs_training_all(desk, upload, editors, account):
    upload(mp4(), title="甲的视频")
    upload(mp4(), title="乙的视频", user=account("second", "editor"))
    page = said(desk.get(reverse("training_videos")))
    assert ("甲的视频" in page, "乙的视频" in page, "共1个视频" in page) == (True, False, True)
    desk.force_login(account("office", "efficiency_office"))
    assert "共2个视频" in said(desk.get(reverse("training_videos")))
    desk.force_login(account("cadre", "cadre"))
    assert desk.get(reverse("training_videos")).status_code == 403


def test_captions_are_kept_from_a_file_or_as_typed(desk, upload):
    video = upload(mp4())
    address = reverse("training_videos_captions", args=[video.pk])
    chinese = VTT.encode("gb18030")
    assert desk.post(address, {"file": SimpleUploadedFile("a.vtt", chinese), "text": "旧的"}).status_code == 302
    assert Video.objects.get().captions == VTT
    assert "先关总闸。" in said(desk.get(reverse("training_videos_one", args=[video.pk])))
    assert desk.post(address, {"text": ""}).status_code == 302
    assert Video.objects.get().captions == ""


def test_captions_that_are_none_are_refused_and_stay_in_the_form(desk, upload):
    address = reverse("training_videos_captions", args=[upload(mp4()).pk])
    answer = desk.post(address, {"text": "WEBVTT\n\n1 --> 2\n好"})
    assert (answer.status_code, "字幕第3行不是时间" in said(answer)) == (422, True)
    assert "1 --> 2" in answer.content.decode().replace("&gt;", ">")
    picture = SimpleUploadedFile("a.vtt", b"\x81\x00\xff\xff")
    assert "这个文件不是文字：请选择这个视频的 .vtt 或 .srt 文件。" in said(desk.post(address, {"file": picture}))
    large = SimpleUploadedFile("a.vtt", b"x" * (1024 * 1024 + 1))
    assert "这个文件太大，不像是字幕：请选择这个视频的 .vtt 或 .srt 文件。" in said(desk.post(address, {"file": large}))


def test_a_refused_video_says_why_and_stands_on_its_senders_desk(desk, upload, editor, editors):
    video = upload(b"%PDF-1.7 no video")
    assert "这个文件不是 MP4 或 WebM 视频" in said(desk.get(reverse("training_videos_one", args=[video.pk])))
    keys = [item.key for item in collect("desk_items", editor)]
    assert keys == [f"training.video_refused:{video.pk}"]
    assert [item.key for item in collect("desk_items", editors.checker) if "video" in item.key] == []


def test_an_upload_to_go_on_with_stands_on_the_desk_until_it_is_deleted(editor, queued):
    video = videos.begin("甲", "a.mp4", 5000, editor)
    item = next(item for item in collect("desk_items", editor) if item.key == f"training.video:{video.pk}")
    assert item.due == video.received_at + videos.KEPT
    assert item.due > timezone.now()


def test_the_page_of_an_unfinished_upload_says_how_far_it_is(desk, editor, queued):
    video = videos.begin("甲", "演练.mp4", 3 * MEGABYTE, editor)
    videos.add_part(video, video.writer, 0, bytes(MEGABYTE))
    page = said(desk.get(reverse("training_videos_one", args=[video.pk])))
    assert "已收到 1 MB，共 3.0 MB" in page
    assert "请重新选择同一个文件（演练.mp4）" in page


def test_deleting_asks_first_and_is_refused_while_a_material_shows_it(desk, upload, draft_material, publish):
    video = upload(mp4())
    address = reverse("training_videos_delete", args=[video.pk])
    assert "将永久删除" in said(desk.get(address))
    publish(draft_material("防汛", video=video))
    assert "「防汛」正在使用这个视频" in said(desk.get(address))
    answer = desk.post(address)
    assert (answer.status_code, Video.objects.count()) == (422, 1)


def test_a_deleted_video_is_gone_from_the_list(desk, upload):
    address = reverse("training_videos_delete", args=[upload(mp4()).pk])
    assert desk.post(address).headers["Location"] == reverse("training_videos")
    assert not Video.objects.exists()


def test_the_material_shows_the_player_with_captions_and_what_is_said(client, upload, draft_material, publish, editor):
    video = videos.set_captions(upload(mp4(seconds=65)), VTT, editor)
    live = publish(draft_material("防汛", audience="villagers", kind="video", video=video, body=[]))
    page = BeautifulSoup(client.get(live.url).content, "html.parser")
    assert page.video["src"] == reverse("training_video_play", args=[video.pk])
    assert page.track["src"] == reverse("training_video_captions", args=[video.pk])
    assert client.get(page.track["src"]).status_code == 200
    assert "1分5秒" in page.figcaption.get_text()
    assert [" ".join(line.get_text(" ").split()) for line in page.select(".cues li")] == ["0:01 先关总闸。"]


def test_what_many_browsers_cannot_play_is_said(desk, upload):
    address = reverse("training_videos_one", args=[upload(mp4(codec=b"hvc1")).pk])
    assert "画面编码是 hvc1，很多电脑和旧手机不能播放。请另存为 H.264 编码的 MP4 再上传。" in said(desk.get(address))


@pytest.mark.parametrize(("seconds", "text"), [(9, "9秒"), (120, "2分钟"), (3725, "62分5秒")])
def test_how_long_it_lasts_is_said_in_words(seconds, text):
    assert lasting(seconds) == text


def test_a_moment_is_written_as_players_write_it():
    assert [clock_time(at) for at in (5.9, 65, 3725)] == ["0:05", "1:05", "1:02:05"]


def test_what_browsers_play_needs_no_word():
    assert [hardly_played(Video(codec=codec)) for codec in ("avc1", "vp9", "hvc1", "")] == [False, False, True, True]


def test_the_register_deletes_as_the_desk_does(client, upload, draft_material, publish, account):
    video = upload(mp4())
    publish(draft_material("防汛", video=video))
    client.force_login(account("office", "efficiency_office"))
    assert "防汛演练" in client.get(reverse("training_video_modeladmin_index")).content.decode()
    answer = client.post(reverse("training_video_modeladmin_delete", args=[video.pk]), follow=True)
    assert "「防汛」正在使用这个视频" in answer.content.decode()
    assert Video.objects.exists()


def test_the_register_is_for_who_runs_training(desk):
    assert desk.get(reverse("training_video_modeladmin_index")).status_code == 302
