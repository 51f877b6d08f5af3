"""What the search has in the sample township."""

import datetime

import pytest

from search import demo
from search.misses.models import Miss, Standing
from search.misses.questions import kept_form
from search.models import Synonym

pytestmark = pytest.mark.django_db


class Calendar:
    def day(self, offset):
        return datetime.date(2026, 11, 22) + datetime.timedelta(days=offset)


def test_the_sample_has_synonyms_that_an_editor_could_have_typed():
    demo.build(Calendar())
    rows = list(Synonym.objects.all())
    for row in rows:
        row.full_clean()
    assert len(rows) == len(demo.SYNONYMS)


def test_the_sample_has_questions_without_hits_in_every_state():
    demo.build(Calendar())
    assert {miss.standing for miss in Miss.objects.all()} == set(Standing)
    assert all(kept_form(miss.question) == miss.question for miss in Miss.objects.all())
    assert all(miss.first_day <= miss.last_day for miss in Miss.objects.all())


def test_what_is_there_already_stays():
    demo.build(Calendar())
    Miss.objects.update(times=1)
    demo.build(Calendar())
    assert set(Miss.objects.values_list("times", flat=True)) == {1}
    assert Synonym.objects.count() == len(demo.SYNONYMS)
