"""Captions as they are kept."""

import pytest

from tests.refusals import refusal
from training.domain.videos.captions import MOST_CHARACTERS, Cue, cleaned, cues

# `refusal` undoes in a transaction what was refused.
pytestmark = pytest.mark.django_db

VTT = """WEBVTT

00:01.000 --> 00:03.500
先关总闸，
再上楼顶。

01:00:00.000 --> 01:00:02.000 align:start
<v 村长>好。
"""


def test_webvtt_stays_as_it_is():
    assert cleaned(VTT) == VTT


def test_what_is_said_is_read_without_its_tags():
    assert cues(VTT) == [Cue(1.0, 3.5, "先关总闸，\n再上楼顶。"), Cue(3600.0, 3602.0, "好。")]


def test_srt_becomes_webvtt():
    srt = "\ufeff1\r\n00:00:01,000 --> 00:00:02,000\r\n你好\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,500\r\n再见\r\n"
    kept = cleaned(srt)
    assert kept == "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\n你好\n\n2\n00:00:03.000 --> 00:00:04.500\n再见\n"
    assert [cue.text for cue in cues(kept)] == ["你好", "再见"]


def test_no_captions_are_none():
    assert cleaned(" \n") == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("大家好", "字幕文件应以 WEBVTT 开头（或为 SRT 文件）：请选择这样的文件。"),
        ("WEBVTT\n\n", "字幕里没有文字：请选择最后保存的那个文件。"),
        (
            "WEBVTT\n\n1 --> 2\n好\n",
            "字幕第3行不是时间（应如 00:01.000 --> 00:04.000）：请改正后重新提交。",
        ),
        (
            "WEBVTT\n\n00:05.000 --> 00:04.000\n好\n",
            "字幕第3行的时间前后颠倒：请改正后重新提交。",
        ),
        (
            "WEBVTT\n\n00:05.000 --> 00:05.000\n好\n",
            "字幕第3行的时间前后颠倒：请改正后重新提交。",
        ),
        (
            "WEBVTT\n\n00:05.000 --> 00:06.000\n好\n\n00:01.000 --> 00:02.000\n早\n",
            "字幕第6行的时间前后颠倒：请改正后重新提交。",
        ),
        ("WEBVTT" + "\n" * MOST_CHARACTERS + "好", "字幕过长，一整天的视频也没有这么多：请选择这个视频的字幕文件。"),
    ],
)
def test_what_is_no_caption_is_refused_with_its_line(text, said):
    assert refusal(cleaned, text) == said


@pytest.mark.parametrize("arrow", ["->", "—>", "→", "--＞", "–"])
@pytest.mark.parametrize("time", ["00:05.000", "00:00:05,000", "0：05.000"])
def test_a_time_with_another_arrow_is_not_passed_over(time, arrow):
    text = f"WEBVTT\n\n00:01.000 --> 00:04.000\n好\n\n{time} {arrow} 00:07.000\n早\n"
    assert refusal(cleaned, text) == "字幕第6行不是时间（应如 00:01.000 --> 00:04.000）：请改正后重新提交。"


def test_two_who_speak_at_once_are_both_kept():
    text = "WEBVTT\n\n00:01.000 --> 00:04.000\n快走！\n\n00:01.000 --> 00:03.000\n等等！\n"
    assert [cue.text for cue in cues(cleaned(text))] == ["快走！", "等等！"]


def test_a_time_that_is_spoken_of_is_no_time_of_a_caption():
    text = "WEBVTT\n\n00:01.000 --> 00:04.000\n9:00 — 10:00 开会\n"
    assert cues(cleaned(text)) == [Cue(1.0, 4.0, "9:00 — 10:00 开会")]


def test_captions_of_another_longer_video_are_refused():
    assert cleaned(VTT, 3600) == VTT
    # Some programs round the length down.
    assert cleaned(VTT, 3599) == VTT
    assert refusal(cleaned, VTT, 3598) == "最后一条字幕比视频结束晚2秒：请选择这个视频的字幕。"
    assert refusal(cleaned, VTT, 600) == "最后一条字幕比视频结束晚3000秒：请选择这个视频的字幕。"
