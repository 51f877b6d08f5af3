"""A video arrives part by part; whatever goes wrong on the way, what is on the disk stays and nothing is mixed."""

import fcntl
import hashlib
import os

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import ModelLogEntry

from suite.background.domain.lifecycle import work_on
from tests.refusals import refusal
from tests.training.videos.files import mp4
from training.domain.lifecycle import videos
from training.domain.videos import disk
from training.domain.videos.refusals import MEGABYTE, PART, WrongOffset
from training.enums import VideoState
from training.models import TrainingSettings, Video

CONTENT = mp4(size=3000)


@pytest.fixture
def begun(editor, queued):
    return videos.begin("防汛演练", "a.mp4", len(CONTENT), editor)


def parts(video, content=CONTENT, each=1000, until=None):
    """Send the file from where it is."""
    writer = video.writer
    while video.received < (until or len(content)):
        video = videos.add_part(video, writer, video.received, content[video.received : video.received + each])
    return video


def test_parts_make_the_whole_and_the_worker_finds_it_good(begun, queued):
    video = parts(begun)
    assert (video.state, video.received) == (VideoState.CHECKING, len(CONTENT))
    assert [(model, key) for model, key, turn in queued] == [(Video, video.pk)]
    work_on(*queued[0])
    video = Video.objects.get()
    assert (video.state, video.content_type, video.codec, video.seconds) == ("ready", "video/mp4", "avc1", 5)
    assert video.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert video.path.read_bytes() == CONTENT
    assert oct(video.path.stat().st_mode & 0o777) == "0o600"


def test_who_did_what_is_written_down(begun, queued, editor):
    parts(begun)
    work_on(*queued[0])
    said = list(ModelLogEntry.objects.for_instance(begun).order_by("pk").values_list("action", "user"))
    assert said == [("training.begin_video", editor.pk), ("training.accept_video", None)]


def test_what_a_broken_write_left_behind_the_end_is_cut_off(begun):
    video = parts(begun, until=2000)
    with video.path.open("ab") as file:
        file.write(b"x" * 9000)
    assert parts(video).path.read_bytes() == CONTENT


def test_a_part_twice_is_refused_and_tells_where_to_go_on(begun):
    video = videos.add_part(begun, begun.writer, 0, CONTENT[:1000])
    with pytest.raises(WrongOffset) as refused:
        videos.add_part(video, video.writer, 0, CONTENT[:1000])
    assert refused.value.received == 1000
    assert refused.value.messages == ["这一段与已收到的内容接不上：请从第 1000 字节之后继续。"]
    assert parts(video).state == VideoState.CHECKING


@pytest.mark.parametrize(("offset", "data"), [(500, b"x"), (0, b""), (0, bytes(len(CONTENT) + 1)), (-1, b"x")])
def test_a_part_for_a_wrong_place_is_refused(begun, offset, data):
    with pytest.raises(WrongOffset):
        videos.add_part(begun, begun.writer, offset, data)
    assert Video.objects.get().received == 0


def test_a_damaged_part_is_refused_and_leaves_everything_as_it_was(begun):
    good = hashlib.sha256(CONTENT[:1000]).hexdigest()
    assert refusal(videos.add_part, begun, begun.writer, 0, b"x" * 1000, good) == "这一段在传输中损坏：请再传一次。"
    assert Video.objects.get().received == 0
    assert videos.add_part(begun, begun.writer, 0, CONTENT[:1000], good.upper()).received == 1000


def test_a_part_is_never_longer_than_the_server_wants_to_hold(begun):
    assert refusal(videos.add_part, begun, begun.writer, 0, bytes(PART + 1)) == "每一段最多 4 MB：请刷新页面。"


def test_after_the_window_was_closed_the_same_file_goes_on(begun, editor):
    video = parts(begun, until=2000)
    start, before = CONTENT[: videos.COMPARED][:2000], CONTENT[:2000][-videos.COMPARED :]
    again = videos.go_on(video, start, before, len(CONTENT), editor)
    assert (again.received, again.writer != begun.writer) == (2000, True)
    assert parts(again).path.read_bytes() == CONTENT


def test_another_file_does_not_go_on_where_one_has_begun(begun, editor):
    video = parts(begun, until=2000)
    said = "这不是之前开始上传的那个文件：请选择原来的文件，或把这个文件作为新视频上传。"
    right = CONTENT[:2000]
    other = b"x" * 2000
    assert refusal(videos.go_on, video, other, right, len(CONTENT), editor) == said
    assert refusal(videos.go_on, video, right, other, len(CONTENT), editor) == said
    assert refusal(videos.go_on, video, right, right, len(CONTENT) + 1, editor) == said
    assert refusal(videos.go_on, video, b"", b"", len(CONTENT), editor) == said
    assert Video.objects.get().writer == begun.writer


def test_of_two_windows_the_one_in_which_it_was_chosen_last_sends(begun, editor):
    second = videos.go_on(begun, b"", b"", len(CONTENT), editor)
    said = "这个视频正在另一个窗口上传：请在那边继续，或在这里重新选择文件。"
    assert refusal(videos.add_part, begun, begun.writer, 0, CONTENT[:1000]) == said
    assert parts(second).state == VideoState.CHECKING


def test_what_is_all_here_takes_nothing_more(begun, editor):
    writer = begun.writer
    video = parts(begun)
    assert refusal(videos.add_part, video, writer, 0, b"x") == "这个视频已全部传完，不需要再传。"
    assert refusal(videos.go_on, video, b"", b"", len(CONTENT), editor) == "这个视频已全部传完，不需要再传。"


def test_while_another_process_writes_a_part_this_one_waits_outside(begun):
    with disk.writing(begun.path) as handle:
        assert fcntl.fcntl(handle, fcntl.F_GETFD) is not None
        said = refusal(videos.add_part, begun, begun.writer, 0, CONTENT[:1000])
    assert said == "正在保存其他上传内容：几秒钟后自动继续。"
    assert parts(begun).state == VideoState.CHECKING


def test_a_full_disk_is_said_and_what_is_here_stays(begun):
    video = parts(begun, until=2000)
    kept = video.path.rename(video.path.with_name("kept"))
    # The device of the system that is always full.
    os.symlink("/dev/full", video.path)
    said = refusal(videos.add_part, video, video.writer, 2000, CONTENT[2000:])
    assert said == "服务器磁盘已满。已上传的部分会保留：请告知系统管理员，腾出空间后用同一个文件继续。"
    assert Video.objects.get().received == 2000
    kept.replace(video.path)
    assert parts(video).path.read_bytes() == CONTENT


def test_without_room_it_does_not_begin(editor, monkeypatch):
    monkeypatch.setattr(disk, "KEPT_FREE", 1 << 60)
    said = refusal(videos.begin, "甲", "a.mp4", 1000, editor)
    assert said.startswith("服务器空间不足，放不下这个视频（剩余 ")
    assert said.endswith(" MB 留给网站使用）：请删除不用的视频，或告知系统管理员。")
    assert not Video.objects.exists()


def test_two_gigabytes_are_refused_before_anything_is_sent(editor):
    with pytest.raises(ValidationError) as refused:
        videos.begin("甲", "a.mp4", 2048 * MEGABYTE, editor)
    said = "这个视频有 2048 MB，最多只收 500 MB：请降低清晰度另存（720p 就够），或分成几段。"
    assert refused.value.message_dict == {"file": [said]}
    assert not Video.objects.exists()


def test_the_office_says_how_large_a_video_may_be(editor):
    TrainingSettings.objects.update_or_create(pk=TrainingSettings.load().pk, defaults={"video_megabytes": 10})
    assert videos.begin("甲", "a.mp4", 10 * MEGABYTE, editor).received == 0
    assert "最多只收 10 MB" in refusal(videos.begin, "甲", "a.mp4", 10 * MEGABYTE + 1, editor)


def test_an_empty_file_is_refused(editor):
    assert refusal(videos.begin, "甲", "a.mp4", 0, editor) == "这个文件是空的：请选择别的文件。"


def test_the_name_of_the_file_is_made_harmless(editor):
    video = videos.begin("甲", "../../etc/\u202epm4.mp4", 1000, editor)
    assert video.file_name == "pm4.mp4"
    assert video.path.parent == disk.videos_folder()


def test_what_is_no_video_is_refused_and_its_file_goes(upload, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        video = upload(b"%PDF-1.7")
    assert (video.state, video.message) == (
        VideoState.REFUSED,
        "这个文件不是 MP4 或 WebM 视频：请用制作视频的软件另存为 MP4（H.264）。",
    )
    assert not video.path.exists()


def test_a_file_that_is_gone_when_the_worker_comes_is_said(upload, queued):
    video = upload(CONTENT, checked=False)
    video.path.unlink()
    work_on(*queued[0])
    assert Video.objects.get().message == "服务器上已没有这个文件：请重新上传。"


def test_a_file_that_lost_its_end_before_the_worker_came_is_said(upload, queued):
    # Enough of it that a player would take it.
    video = upload(mp4() + b"\0\0\0\x08free", checked=False)
    os.truncate(video.path, video.size - 8)
    work_on(*queued[-1])
    assert Video.objects.get().message == "服务器上已没有这个文件：请重新上传。"


def test_what_fails_in_one_piece_leaves_nothing(editor, django_capture_on_commit_callbacks, folder):
    def breaks():
        yield CONTENT[:100]
        raise OSError("the line broke")

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(OSError, match="the line broke"):
        videos.keep_whole("甲", "a.mp4", breaks(), len(CONTENT), editor)
    assert not Video.objects.exists()
    assert list(folder.iterdir()) == []
