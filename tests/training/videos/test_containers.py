"""What is in a video file: only what browsers play is taken, and each refusal says what to do."""

import struct

import pytest

from tests.refusals import refusal
from tests.training.videos.files import box, mp4, webm_video
from training.domain.videos.checking import look
from training.domain.videos.containers import Found

# `refusal` undoes in a transaction what was refused.
pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    def write(content):
        path = tmp_path / "file"
        path.write_bytes(content)
        return path

    return write


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (mp4(), Found("video/mp4", "avc1", 5)),
        (mp4(wide=True, seconds=7), Found("video/mp4", "avc1", 7)),
        (mp4(codec=b"hvc1"), Found("video/mp4", "hvc1", 5)),
        (mp4(seconds=0), Found("video/mp4", "avc1", None)),
        (webm_video(), Found("video/webm", "vp8", 3)),
        (webm_video(known=False), Found("video/webm", "vp8", None)),
    ],
    ids=["mp4", "long times", "h265", "unknown length", "webm", "recorded live"],
)
def test_kind_coding_and_length_are_read(file, content, found):
    assert look(file(content)) == found


def test_a_long_box_says_its_length_in_eight_bytes(file):
    content = mp4(size=20)
    mdat = content[-28:]
    assert mdat[4:8] == b"mdat"
    long = content[:-28] + struct.pack(">I4sQ", 1, b"mdat", 16 + 20) + mdat[8:]
    assert look(file(long)) == Found("video/mp4", "avc1", 5)


def test_the_last_box_may_reach_to_the_end_of_the_file(file):
    content = mp4(size=20)
    open_end = content[:-28] + struct.pack(">I4s", 0, b"mdat") + content[-20:]
    assert look(file(open_end)) == Found("video/mp4", "avc1", 5)


def test_pictures_after_sound_are_found(file):
    sound = mp4(handler=b"soun")
    both = sound.replace(box(b"mdat", bytes(100)), b"")
    track = mp4()[mp4().index(b"trak") - 4 : mp4().index(b"mdat") - 4]
    moov = both.index(b"moov") - 4
    inside = both[moov + 8 :] + track
    assert look(file(both[:moov] + box(b"moov", inside) + box(b"mdat", b"x"))).codec == "avc1"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7 pretends to be a video", "这个文件不是 MP4 或 WebM 视频：请用制作视频的软件另存为 MP4（H.264）。"),
        (b"", "这个文件不是 MP4 或 WebM 视频：请用制作视频的软件另存为 MP4（H.264）。"),
        (mp4(brand=b"qt  "), "这是 QuickTime 影片（MOV），很多电脑不能播放：请另存为 MP4。"),
        (mp4(handler=b"soun"), "这个文件里没有画面，可能只有声音：请上传视频。"),
        (mp4()[:-1], "文件已损坏或不完整：请在电脑上从头到尾播放检查，从相机或手机重新复制，再上传新复制的文件。"),
        (
            mp4()[: mp4().index(b"mdat") - 4],
            "文件已损坏或不完整：请在电脑上从头到尾播放检查，从相机或手机重新复制，再上传新复制的文件。",
        ),
        (
            webm_video().replace(b"webm", b"matr", 1),
            "这是 Matroska 视频（MKV），很多电脑不能播放：请另存为 MP4。",
        ),
    ],
    ids=["pdf", "nothing", "mov", "sound only", "cut off", "no pictures yet", "mkv"],
)
def test_what_browsers_do_not_play_is_refused_with_what_to_do(file, content, said):
    assert refusal(look, file(content)) == said


def test_a_file_cut_off_anywhere_is_refused_and_never_an_error(file):
    whole = mp4(size=4)
    assert all(refusal(look, file(whole[:end])) for end in range(len(whole)))


def test_a_webm_cut_off_within_its_first_frame_or_before_is_refused(file):
    whole = webm_video(seconds=1)
    assert all(refusal(look, file(whole[:end])) for end in range(0, len(whole), 7))


def test_a_flood_of_empty_boxes_is_refused_soon(file, monkeypatch):
    monkeypatch.setattr("training.domain.videos.mp4.MOST_BOXES", 50)
    assert refusal(look, file(mp4() + box(b"free") * 60)).startswith("文件已损坏或不完整")


def test_a_box_that_is_smaller_than_its_own_head_is_refused(file):
    assert refusal(look, file(mp4() + struct.pack(">I4s", 4, b"free"))).startswith("文件已损坏或不完整")
