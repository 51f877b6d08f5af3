"""The frozen text, byte by byte. The numbers were made with printf, sha256sum, openssl and sort, not with this code."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suite.draw.algorithm import draw, seed_key, sha256
from suite.draw.listing import Candidate, Listing, Rules, parse, write
from tests.suite.draw.conftest import DUE, FREEZE

TEXT = """\
便民抽签名单\t1
编号\t0123456789
名称\t听证代表抽签
用途\t选四名代表
事项\thearings.hearing\t7\t饮水听证会
重抽\tfedcba9876\t漏登一人
名额\t4
保底\t柳岸村\t1
保底\t石桥村\t1
轮休\t2
种子\t公开结果\t排列5第26310期\t五个数字\t5
到期\t2026-11-24T21:30:00+08:00
冻结\t2026-11-22T09:00:00+08:00
人数\t6
s1\t柳岸村\t0\t张*三
s2\t柳岸村\t0\t李*
s3\t柳岸村\t1\t王*山
s4\t石桥村\t0\t赵*
s5\t石桥村\t2\t钱*田
s6\t茶亭村\t3\t孙*
"""
LISTING = Listing(
    draw="0123456789",
    title="听证代表抽签",
    purpose="选四名代表",
    subject=("hearings.hearing", "7", "饮水听证会"),
    candidates=(
        Candidate("s1", "张*三", "柳岸村"),
        Candidate("s2", "李*", "柳岸村"),
        Candidate("s3", "王*山", "柳岸村", 1),
        Candidate("s4", "赵*", "石桥村"),
        Candidate("s5", "钱*田", "石桥村", 2),
        Candidate("s6", "孙*", "茶亭村", 3),
    ),
    rules=Rules(4, {"柳岸村": 1, "石桥村": 1}, 2),
    due=DUE,
    frozen=FREEZE,
    source="排列5第26310期",
    form="五个数字",
    digits=5,
    again=("fedcba9876", "漏登一人"),
)


def test_a_list_is_written_in_exactly_these_bytes():
    assert write(LISTING) == TEXT
    assert parse(TEXT) == LISTING
    assert sha256(TEXT) == "02283059ea69a45317c52b09c3bd986ed66e57a5b283cc0731e8e55c24b31e65"


def test_the_draw_of_this_list_with_40713_is_this_one_for_ever():
    key = seed_key(sha256(TEXT), ["40713"])
    assert key == "cbbf97960a8ba8a4cde4d54c907b213ca54691e8666a019dcba56728769541d4"
    assert [
        (place.key, place.ticket, str(place.outcome)) for place in draw(LISTING.candidates, LISTING.rules, key)
    ] == [
        ("s2", "4b7624427e3c2cf4e6b5da2e4774688e9ad1f3eaff6b1a56c58b2c39aa658e1f", "kept"),
        ("s6", "70cd3148f632e5d03aa29de3713be50e86c80c16b15bcc6c8e810d6acd03e146", "open"),
        ("s1", "943de28cf2655cc07a89192334ca0333ebd30bfeb5baac7ad702f30a8f9ed499", "open"),
        ("s4", "fc855702b46b3daf45819a7930d938879cca027af5e1b16bbc699c035e752fe2", "kept"),
        ("s5", "c2176e45fe3a3872d2af3483fe655ae59eeac2a03ed88aa3314e3624b304361b", "waiting"),
        ("s3", "52c32d1f300892708b14c527a36af96caf0db8e52cae4dbb5b663fbf009375d2", "waiting"),
    ]


LINES = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=8)
MOMENTS = st.integers(0, 10**9).map(lambda seconds: FREEZE + datetime.timedelta(seconds=seconds))
KEYS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,59}", fullmatch=True)


@st.composite
def listings(some):
    strata = some(st.lists(LINES | st.just(""), min_size=1, max_size=3, unique=True))
    seats = {stratum: some(st.integers(0, 3)) for stratum in strata}
    people = tuple(
        Candidate(key, some(LINES), some(st.sampled_from(strata)), some(st.integers(0, 4)))
        for key in some(st.lists(KEYS, min_size=1, max_size=5, unique=True))
    )
    rules = Rules(sum(seats.values()) + some(st.integers(0, 3)), seats, some(st.integers(0, 3)))
    seed = (some(LINES), some(LINES), some(st.integers(5, 40))) if some(st.booleans()) else ("", "", 0)
    again = (some(KEYS), some(LINES)) if some(st.booleans()) else None
    subject = (some(KEYS), some(KEYS), some(LINES))
    return Listing(
        some(KEYS), some(LINES), some(LINES), subject, people, rules, some(MOMENTS), some(MOMENTS), *seed, again
    )


@settings(max_examples=200, deadline=None, derandomize=True)
@given(listings())
def test_what_is_written_is_read_back_and_no_two_lists_read_alike(listing):
    assert parse(write(listing)) == listing


@pytest.mark.parametrize(
    ("was", "lie"),
    [
        ("便民抽签名单\t1", "便民抽签名单\t2"),
        ("编号", "编码"),
        ("名额\t4", "名额\t1"),
        ("名额\t4", "名额\t04"),
        ("名额\t4", "名额\t四"),
        ("轮休\t2", "轮休\t-2"),
        ("轮休\t2\n", ""),
        ("公开结果\t", "公开结果 "),
        ("人数\t6", "人数\t5"),
        ("人数\t6", "人数\t7"),
        ("s2\t", "s1\t"),
        ("s2\t", "二\t"),
        ("\t李*", ""),
        ("+08:00\n冻结", "\n冻结"),
        ("2026-11-24T21:30:00", "2026-11-24 21:30:00"),
        ("孙*\n", "孙*"),
        ("孙*\n", "孙*\n\n"),
        ("\n", "\r\n"),
        ("便民抽签名单\t1\n", ""),
    ],
)
def test_a_text_that_is_not_written_like_that_is_refused(was, lie):
    assert was in TEXT
    with pytest.raises(ValueError, match=r"^\d+$|^\?$|isoformat|unpack"):
        parse(TEXT.replace(was, lie))
