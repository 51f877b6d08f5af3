"""Calendar files, byte by byte."""

import datetime

import pytest

from suite.icalendar import Event, calendar

START = datetime.datetime(2026, 12, 3, 14, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))


def event(**changes):
    return Event(
        **{
            "uid": "7@example",
            "title": "效能听证会",
            "starts": START,
            "ends": START + datetime.timedelta(hours=2),
            "changed": START - datetime.timedelta(days=20),
            **changes,
        }
    )


def test_one_event_reads_as_the_standard_wants_it():
    written = calendar("听证会", [event(place="镇政府", address="https://example.cn/1/", sequence=2)], "-//P//")
    assert written.decode().split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//P//",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:听证会",
        "BEGIN:VEVENT",
        "UID:7@example",
        "DTSTAMP:20261113T063000Z",
        "LAST-MODIFIED:20261113T063000Z",
        "SEQUENCE:2",
        "STATUS:CONFIRMED",
        "DTSTART:20261203T063000Z",
        "DTEND:20261203T083000Z",
        "SUMMARY:效能听证会",
        "LOCATION:镇政府",
        "URL:https://example.cn/1/",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_what_means_something_in_the_format_is_escaped_and_controls_are_left_out():
    written = calendar("", [event(about="一，二,三;四\\五\r\n六\x00七")]).decode()
    assert "DESCRIPTION:一，二\\,三\\;四\\\\五\\n六七\r\n" in written


@pytest.mark.parametrize("length", [20, 21, 22, 23, 24, 400])
def test_no_line_is_longer_than_75_octets_and_no_character_is_cut(length):
    title = "道" * length + "𠮷a"
    written = calendar("", [event(title=title)])
    assert max(len(line) for line in written.split(b"\r\n")) <= 75
    assert f"SUMMARY:{title}\r\n" in written.decode().replace("\r\n ", "")
