"""The draw against a second one written from docs/draw.md alone, another way: with openssl, and with sets of seats."""

import hashlib
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suite.draw.algorithm import Outcome, draw, seed_key, sha256, ticket
from suite.draw.listing import Candidate, Rules

LIST_HASH = hashlib.sha256("名单".encode()).hexdigest()
STRATA = ["甲村", "乙村", "丙村", ""]


def openssl_ticket(key, candidate):
    command = ["openssl", "dgst", "-sha256", "-mac", "HMAC", "-macopt", f"hexkey:{key}"]
    return (
        subprocess.run(command, input=candidate.encode(), capture_output=True, check=True).stdout.decode().split()[-1]
    )


def by_hand(candidates, rules, key):
    """Seats group by group, then the open ones: the same draw in two passes over sorted lists."""

    def late(one):
        return 0 if one.last == 0 or one.last > rules.rest else rules.rest + 1 - one.last

    inner = bytes(b ^ 0x36 for b in bytes.fromhex(key).ljust(64, b"\0"))
    outer = bytes(b ^ 0x5C for b in bytes.fromhex(key).ljust(64, b"\0"))

    def number(one):
        return hashlib.sha256(outer + hashlib.sha256(inner + one.key.encode()).digest()).digest()

    line = sorted(candidates, key=lambda one: (late(one), number(one)))
    kept = {
        one.key
        for stratum, seats in rules.seats.items()
        for one in [one for one in line if one.stratum == stratum][:seats]
    }
    free = {one.key for one in [one for one in line if one.key not in kept][: rules.total - sum(rules.seats.values())]}
    return [
        (one.key, Outcome.KEPT if one.key in kept else Outcome.OPEN if one.key in free else Outcome.WAITING)
        for one in line
    ]


@st.composite
def draws(draw_):
    count = draw_(st.integers(1, 40))
    people = [
        Candidate(f"k{number}", f"第{number}人", draw_(st.sampled_from(STRATA)), draw_(st.integers(0, 5)))
        for number in range(count)
    ]
    strata = sorted({one.stratum for one in people})
    seats = {stratum: draw_(st.integers(0, 4)) for stratum in strata if draw_(st.booleans())}
    total = sum(seats.values()) + draw_(st.integers(0, 6))
    return people, Rules(max(total, 1), seats, draw_(st.integers(0, 4))), sha256(str(draw_(st.integers())))


def test_the_seed_key_is_the_hash_of_four_lines():
    written = f"便民抽签种子\t1\n{LIST_HASH}\n03071219253108\n"
    assert seed_key(LIST_HASH, ["03071219253108"]) == hashlib.sha256(written.encode()).hexdigest()


def test_a_ticket_can_be_made_with_openssl_in_one_line():
    key = seed_key(LIST_HASH, ["12345"])
    assert [ticket(key, name) for name in ("s1", "s-2.b:3")] == [
        openssl_ticket(key, name) for name in ("s1", "s-2.b:3")
    ]


def test_another_list_another_seed_or_strings_in_another_order_make_other_tickets():
    keys = [
        seed_key(LIST_HASH, ["12345"]),
        seed_key(sha256("别的名单"), ["12345"]),
        seed_key(LIST_HASH, ["12346"]),
        seed_key(LIST_HASH, ["甲", "乙", "丙"]),
        seed_key(LIST_HASH, ["乙", "甲", "丙"]),
        seed_key(LIST_HASH, ["甲乙", "丙"]),
    ]
    assert len({ticket(key, "s1") for key in keys}) == len(keys)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(draws())
def test_every_draw_is_the_one_that_is_worked_out_by_hand(case):
    people, rules, key = case
    assert [(place.key, place.outcome) for place in draw(people, rules, key)] == by_hand(people, rules, key)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(draws(), st.randoms(use_true_random=False))
def test_seats_are_kept_nobody_comes_twice_and_the_order_of_the_list_does_not_matter(case, shuffler):
    people, rules, key = case
    places = draw(people, rules, key)
    assert sorted(place.key for place in places) == sorted(one.key for one in people)
    stratum = {one.key: one.stratum for one in people}
    for name in {*stratum.values()}:
        kept = [place for place in places if stratum[place.key] == name and place.outcome == Outcome.KEPT]
        assert len(kept) == min(rules.seats.get(name, 0), list(stratum.values()).count(name))
    waiting = len(people) - sum(place.outcome == Outcome.KEPT for place in places)
    assert sum(place.outcome == Outcome.OPEN for place in places) == min(rules.open_seats, waiting)
    shuffled = [*people]
    shuffler.shuffle(shuffled)
    assert draw(shuffled, rules, key) == places


@settings(max_examples=200, deadline=None, derandomize=True)
@given(draws())
def test_in_a_group_nobody_drawn_lately_is_drawn_while_somebody_rested_waits(case):
    people, rules, key = case
    late = {one.key: rules.lateness(one) for one in people}
    stratum = {one.key: one.stratum for one in people}
    places = draw(people, rules, key)
    for name in {*stratum.values()}:
        here = [place for place in places if stratum[place.key] == name]
        assert [late[place.key] for place in here] == sorted(late[place.key] for place in here)
        assert [place.outcome == Outcome.WAITING for place in here] == sorted(
            place.outcome == Outcome.WAITING for place in here
        )


def test_where_too_few_have_rested_the_longest_ago_comes_first():
    people = [Candidate("a", "甲", last=1), Candidate("b", "乙", last=3), Candidate("c", "丙", last=2)]
    for seed in range(20):
        assert [place.key for place in draw(people, Rules(2, rest=3), sha256(str(seed)))] == ["b", "c", "a"]


@pytest.mark.parametrize("last", [0, 3, 9])
def test_who_was_never_drawn_or_longer_ago_than_the_rule_says_stands_with_all_others(last):
    people = [Candidate("a", "甲", last=last), *(Candidate(f"b{number}", "乙") for number in range(4))]
    first = {draw(people, Rules(1, rest=2), sha256(str(seed)))[0].key for seed in range(60)}
    assert first == {one.key for one in people}


def test_one_for_each_group_keeps_a_seat_for_every_group():
    people = [Candidate(f"k{number}", "某", stratum) for number, stratum in enumerate(["甲村", "乙村", "乙村", "丙村"])]
    rules = Rules.one_each(people, 3)
    assert (dict(rules.seats), rules.open_seats) == ({"甲村": 1, "乙村": 1, "丙村": 1}, 0)


def test_over_many_draws_every_candidate_and_every_first_place_comes_equally_often():
    """Chi-square over 4,000 draws of 3 out of 12: 11 degrees of freedom, 31.26 is passed once in a thousand."""
    people = [Candidate(f"k{number}", "某") for number in range(12)]
    drawn, first, rounds = dict.fromkeys((one.key for one in people), 0), {}, 4_000
    for seed in range(rounds):
        places = draw(people, Rules(3), seed_key(LIST_HASH, [f"{seed:05}"]))
        for place in places[:3]:
            drawn[place.key] += 1
        first[places[0].key] = first.get(places[0].key, 0) + 1
    expected, share = rounds / 4, 3 / 12
    # Nobody is drawn twice in one draw: the counts vary less than a multinomial's.
    less = (1 - share) * 12 / 11
    assert sum((count - expected) ** 2 / expected for count in drawn.values()) / less < 31.26
    assert sum((count - rounds / 12) ** 2 / (rounds / 12) for count in first.values()) < 31.26
