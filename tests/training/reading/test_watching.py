"""A video counts once it was watched: half of its length for everybody, all of it where a script sees the player."""

import json

import pytest

from tests.refusals import refusal
from training.domain.lifecycle import reading as lifecycle
from training.domain.materials.versions import current
from training.domain.reading import shown, watching
from training.domain.reading.parts import END, VIDEO
from training.models import ReadingConfirmation, SheetShown

NOT_WATCHED = "您还没有看完视频：请打开资料，把视频看完，在末尾确认。"


@pytest.fixture
def film(room, cadre):
    """A video of a minute that 田野 is asked to watch."""
    material = room.material("防汛演练", video=room.video(60))
    room.ask(material, people=[cadre])
    return material


def confirm(person, material):
    return refusal(lifecycle.confirm, person, material, current(material).number)


def hand_in(person, material):
    version = current(material)
    watching.note_watched(person, version, watching.token(person, version))


def play(person, material, *parts):
    """The script says that these parts were played."""
    version = current(material)
    return watching.note_played(person, version, watching.token(person, version), json.dumps(parts))


def seen(person):
    return list(SheetShown.objects.filter(person=person).values_list("numbers", flat=True))


def test_a_video_that_was_never_opened_is_not_confirmed(film, cadre):
    assert confirm(cadre, film) == NOT_WATCHED
    hand_in(cadre, film)
    assert seen(cadre) == []
    assert confirm(cadre, film) == NOT_WATCHED


def test_before_half_of_its_length_has_passed_it_is_refused_with_the_time_left(film, cadre, time):
    watching.opened(cadre, current(film))
    time.go(seconds=20)
    hand_in(cadre, film)
    said = "视频长1分钟，您打开还不到它一半的时间：请看完，最早10秒后确认。"
    assert confirm(cadre, film) == said
    time.go(seconds=9.5)
    hand_in(cadre, film)
    assert confirm(cadre, film) == said.replace("10秒", "1秒")
    assert not ReadingConfirmation.objects.exists()


def test_after_half_of_its_length_the_end_of_its_page_confirms_it_without_scripts(film, cadre, time):
    watching.opened(cadre, current(film))
    time.go(seconds=30)
    assert confirm(cadre, film) == NOT_WATCHED
    hand_in(cadre, film)
    assert confirm(cadre, film) == ""
    assert seen(cadre) == [[VIDEO]]


def test_the_first_time_it_was_opened_counts(film, cadre, time):
    for _visit in range(3):
        watching.opened(cadre, current(film))
        time.go(seconds=10)
    hand_in(cadre, film)
    assert confirm(cadre, film) == ""


def test_what_a_colleague_opened_or_watched_does_not_count(room, film, cadre, time):
    other, version = room.person("白露"), current(film)
    watching.opened(other, version)
    watching.opened(cadre, version)
    time.go(seconds=60)
    watching.note_watched(cadre, version, watching.token(other, version))
    watching.note_watched(cadre, version, shown.end_token(cadre, version))
    shown.note_end(cadre, version, watching.token(cadre, version))
    assert watching.note_played(cadre, version, watching.token(other, version), "[[0, 60]]") is None
    assert seen(cadre) == [[]]
    assert confirm(cadre, film) == NOT_WATCHED


def test_a_new_version_is_opened_and_watched_anew(room, film, cadre, time):
    watching.opened(cadre, current(film))
    time.go(seconds=60)
    old = watching.token(cadre, current(film))
    play(cadre, film, (0, 60))
    room.version(film, what_changed="换了视频")
    watching.note_watched(cadre, current(film), old)
    assert confirm(cadre, film) == NOT_WATCHED
    watching.opened(cadre, current(film))
    watching.note_watched(cadre, current(film), old)
    assert "最早30秒后确认" in confirm(cadre, film)


def test_every_part_has_to_be_come_through_and_each_that_wants_is_said(room, cadre, time):
    whole = room.material("防汛演练", sheets=2, lines=3, video=room.video(60))
    room.ask(whole, people=[cadre])
    version = current(whole)
    pages = "这些页您还没有看过：1、2。请看过以后再确认。"
    end = "您还没有看到最后：请打开资料看完，在末尾确认。"
    assert confirm(cadre, whole) == f"{pages} {end} {NOT_WATCHED}"
    shown.note(cadre, version, 1)
    shown.note(cadre, version, 2)
    assert confirm(cadre, whole) == f"{end} {NOT_WATCHED}"
    shown.note_end(cadre, version, shown.end_token(cadre, version))
    assert confirm(cadre, whole) == NOT_WATCHED
    watching.opened(cadre, version)
    time.go(seconds=30)
    hand_in(cadre, whole)
    assert confirm(cadre, whole) == ""
    assert seen(cadre) == [[VIDEO, END, 1, 2]]


def test_what_has_neither_sheets_nor_text_nor_video_has_the_end_of_its_page(room, cadre):
    """Versions from before it was kept what they have."""
    bare = room.material("旧资料", lines=0)
    room.ask(bare, people=[cadre])
    assert confirm(cadre, bare) == "您还没有看到最后：请打开资料看完，在末尾确认。"
    shown.note_end(cadre, current(bare), shown.end_token(cadre, current(bare)))
    assert confirm(cadre, bare) == ""


def test_sheets_with_a_text_are_not_read_by_the_sheets_alone(room, cadre):
    both = room.material("防汛课件", sheets=2, lines=3)
    room.ask(both, people=[cadre])
    for number in (1, 2):
        shown.note(cadre, current(both), number)
    assert confirm(cadre, both) == "您还没有看到最后：请打开资料看完，在末尾确认。"


def test_what_was_played_counts_once_it_covers_the_video_and_half_of_it_has_passed(film, cadre, time):
    watching.opened(cadre, current(film))
    time.go(seconds=29)
    found = play(cadre, film, (0, 58))
    assert (found.percent, found.whole, found.wait, found.counts, seen(cadre)) == (100, True, 1, False, [[]])
    time.go(seconds=1)
    found = play(cadre, film)
    assert (found.wait, found.counts, seen(cadre)) == (0, True, [[VIDEO]])
    assert confirm(cadre, film) == ""


def test_what_was_played_is_kept_from_one_visit_to_the_next_and_counted_once(film, cadre, time):
    watching.opened(cadre, current(film))
    time.go(seconds=60)
    assert play(cadre, film, (0, 12), (10, 20.04), (40, 45)).parts == [(0, 20), (40, 45)]
    assert play(cadre, film, (5, 15), (20.4, 30)).percent == 58
    found = watching.watched(cadre, current(film))
    assert (found.parts, found.percent, found.counts) == ([(0, 30), (40, 45)], 58, False)
    assert play(cadre, film, (30, 40), (45, 56.9)).percent == 94
    assert seen(cadre) == [[]]
    # Three seconds of a minute need not have been played.
    assert play(cadre, film, (56.9, 57)).counts
    assert seen(cadre) == [[VIDEO]]


def test_of_a_short_video_less_may_be_missing(room, cadre, time):
    short = room.material("提示", video=room.video(10))
    watching.opened(cadre, current(short))
    time.go(seconds=10)
    assert not play(cadre, short, (0, 8.9)).counts
    assert play(cadre, short, (0, 9)).counts


@pytest.mark.parametrize(
    "told",
    [
        "",
        "x",
        "1",
        "null",
        "{}",
        '{"ab": 1}',
        "[1]",
        "[[0]]",
        "[[0, 1, 2]]",
        '[["a", "b"]]',
        "[[0, null]]",
        "[[9, 1]]",
        "[[-1, 60]]",
        "[[0, 62]]",
        "[[0, NaN]]",
        "[[0, Infinity]]",
        f"[[0, {'9' * 400}]]",
        "[" * 10_000,
        "[[0, 60]," + " " * 20_000 + "[0, 60]]",
    ],
)
def test_what_no_player_says_is_passed_over(film, cadre, time, told):
    version = current(film)
    watching.opened(cadre, version)
    time.go(seconds=60)
    found = watching.note_played(cadre, version, watching.token(cadre, version), told)
    assert (found.parts, seen(cadre)) == ([], [[]])


def test_a_video_that_does_not_say_how_long_it_lasts_counts_at_the_end_of_its_page(room, cadre):
    endless = room.material("会议视频", video=room.video(None))
    room.ask(endless, people=[cadre])
    assert confirm(cadre, endless) == NOT_WATCHED
    watching.opened(cadre, current(endless))
    assert play(cadre, endless, (0, 0)).counts is False
    assert confirm(cadre, endless) == NOT_WATCHED
    hand_in(cadre, endless)
    assert confirm(cadre, endless) == ""


def test_what_has_no_video_is_neither_opened_nor_played(room, cadre):
    text = room.material()
    watching.opened(cadre, current(text))
    assert play(cadre, text, (0, 1)) is None
    hand_in(cadre, text)
    assert seen(cadre) == []
