"""How many cadres have mastered a skill or two, by unit; what a year's table is told."""

import datetime

from django.utils import timezone

from tests.training.town import leave
from training.domain.leaders import cadres_seen, people_seen, sees
from training.domain.lifecycle import skills as lifecycle
from training.domain.skills.facts import Row, for_people
from training.domain.skills.share import shares, skills_confirmed
from training.domain.skills.shown import chart, rows_of, shares_seen, sheet_rows
from training.enums import SkillLevel
from training.models import Skill


def at(text):
    return timezone.make_aware(datetime.datetime.fromisoformat(f"{text}T10:00"))


def test_cadres_are_counted_by_unit_with_none_one_and_more_skills(town):
    town.confirmed(town.cadre)
    town.confirmed(town.farmer)
    town.confirmed(town.farmer, Skill.objects.create(name="急救"))
    town.claim(town.clerk)
    whole, units = shares_seen(town.clerk.user)
    assert rows_of(whole, units) == [
        ["石桥镇", 3, 3, 0, 0, "0.0%"],
        ["党政办公室", 2, 1, 1, 0, "50.0%"],
        ["农业服务队", 1, 0, 0, 1, "100.0%"],
        ["合计", 6, 4, 1, 1, "33.3%"],
    ]
    assert [bar.said for bar in chart(units).bars] == ["3：尚无技能3", "2：一项1，尚无技能1", "1：两项及以上1"]


def test_more_than_eighty_per_cent_is_more(town):
    people = cadres_seen(town.clerk.user)[:5]
    for one in people[:4]:
        town.confirmed(one.person)
    whole, _units = shares(people)
    assert (whole.percent, whole.reached) == ("80.0", False)
    town.confirmed(people[4].person)
    assert shares(people)[0].reached
    assert not shares([])[0].reached


def test_a_leader_sees_the_own_units_and_supervisors_all(town):
    def seen(person):
        return [one.person.name for one in cadres_seen(person.user)]

    assert seen(town.leader) == ["柏建民", "方旭"]
    assert seen(town.other) == ["路遥"]
    assert len(seen(town.supervisor)) == len(seen(town.clerk)) == 6
    assert seen(town.cadre) == []
    assert set(people_seen(town.leader.user)) == {town.clerk, town.cadre}
    assert set(people_seen(town.head.user)) == {town.leader, town.other, town.clerk, town.cadre, town.farmer}
    assert sees(town.cadre.user, town.cadre)
    assert not sees(town.cadre.user, town.farmer)


def test_what_counted_on_a_day_is_known_later(town):
    held = town.confirmed(at=at("2025-06-01"))
    lifecycle.end(held, "执照过期。", town.cadre.user, at("2026-02-01"))
    days = ("2025-05-31", "2025-06-01", "2026-01-31", "2026-02-01")
    found = [skills_confirmed([town.cadre.pk], datetime.date.fromisoformat(day))[town.cadre.pk] for day in days]
    assert found == [0, 1, 1, 0]
    assert skills_confirmed([town.cadre.pk])[town.cadre.pk] == 0


def test_a_year_is_told_what_was_confirmed_at_its_end(town):
    town.confirmed(level=SkillLevel.USES, at=at("2024-03-01"))
    lifecycle.confirm(town.claim(level=SkillLevel.TEACHES), SkillLevel.TEACHES, town.clerk.user, at("2025-06-01"))
    assert for_people([town.cadre, town.farmer], 2024) == {
        town.cadre.pk: Row(("无人机航拍（会用）",), 1),
        town.farmer.pk: Row(),
    }
    assert for_people([town.cadre], 2025) == {town.cadre.pk: Row(("无人机航拍（能带教）",), 1)}
    assert for_people([town.cadre], 2023) == {town.cadre.pk: Row()}


def test_a_claim_waits_and_what_was_refused_or_withdrawn_does_not_count(town):
    year = timezone.localdate().year
    lifecycle.refuse(town.claim(), "请补证。", town.clerk.user)
    lifecycle.withdraw(town.claim(town.farmer), town.farmer.user)
    town.claim()
    assert for_people([town.cadre, town.farmer], year) == {
        town.cadre.pk: Row(waiting=1),
        town.farmer.pk: Row(),
    }


def test_the_workbook_holds_units_and_everybodys_skills(town):
    town.confirmed(town.cadre)
    town.confirmed(town.farmer)
    (_title, heads, units), (_name, columns, rows) = sheet_rows(town.leader.user)
    assert (len(heads), units[-1][1:]) == (6, [2, 1, 1, 0, "50.0%"])
    assert [(row[0], row[1], row[2], row[3]) for row in rows] == [("方旭", "无人机航拍", "熟练", "已认定")]
    assert len(columns) == len(rows[0])


def test_who_left_is_no_cadre_any_more(town):
    leave(town.cadre)
    assert "方旭" not in [one.person.name for one in cadres_seen(town.clerk.user)]
