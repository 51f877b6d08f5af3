"""What the office does about a question that found nothing."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page, PageViewRestriction, Site

from search.misses.asking import ask_again, hits_now
from search.misses.deciding import KEPT_FOR, decide, prune, remove, teach
from search.misses.models import Miss, Outcome, Standing
from search.models import Synonym
from suite.hooks import collect

pytestmark = pytest.mark.django_db


def miss(question, times=1, **fields):
    today = timezone.localdate()
    return Miss.objects.create(question=question, times=times, **{"first_day": today, "last_day": today, **fields})


def log():
    entries = ModelLogEntry.objects.filter(content_type__app_label="search").order_by("pk")
    return list(entries.values_list("action", "label"))


@pytest.fixture
def page(search_index):
    def make(title):
        root = Site.objects.get(is_default_site=True).root_page
        made = root.add_child(instance=Page(title=title, slug=f"p{Page.objects.count()}"))
        search_index()
        return made

    return make


def test_a_decision_holds_until_the_question_finds_nothing_once_more():
    asked = decide(miss("飞机票", times=3), Outcome.DONE, None)
    assert asked.standing == Standing.DONE
    Miss.objects.update(times=4)
    asked.refresh_from_db()
    assert asked.standing == Standing.AGAIN
    assert decide(asked, Outcome.DONE, None).standing == Standing.DONE
    assert decide(asked, Outcome.OPEN, None).standing == Standing.WAITING


def test_each_standing_lists_exactly_the_rows_that_stand_so():
    rows = {
        Standing.WAITING: miss("a1"),
        Standing.AGAIN: miss("b1", times=2, outcome=Outcome.DONE, times_then=1),
        Standing.DONE: miss("c1", times=2, outcome=Outcome.DONE, times_then=2),
        Standing.NOT_OURS: miss("d1", times=2, outcome=Outcome.NOT_OURS, times_then=1),
    }
    for standing, row in rows.items():
        assert list(Miss.objects.standing(standing)) == [row]
        assert row.standing == standing
    assert list(Miss.objects.waiting()) == [rows[Standing.AGAIN], rows[Standing.WAITING]]


def test_teaching_makes_a_row_of_synonyms_and_the_question_is_dealt_with():
    taught = teach(miss("困难户"), "困难户、低保", False, None)
    assert (Synonym.objects.get().words, Synonym.objects.get().one_way) == ("困难户、低保", False)
    assert taught.standing == Standing.DONE


def test_a_word_whose_meaning_has_synonyms_joins_them():
    Synonym.objects.create(words="低保、最低生活保障")
    teach(miss("困难户"), "困难户、低保", False, None)
    assert Synonym.objects.get().words == "低保、最低生活保障、困难户"


def test_a_word_that_cannot_be_taught_is_refused_and_the_question_waits():
    Synonym.objects.create(words="低保、最低生活保障")
    Synonym.objects.create(words="医保、医疗保险")
    asked = miss("困难户")
    for words, one_way, text in (
        ("困难户", False, "请写两到八个意思相同的词，用顿号隔开。"),
        ("困难户、低保、医保", False, "“低保”已经写在“低保、最低生活保障”里。意思相同的词请都写在那一条里。"),
        ("困难户、低保", True, "“低保”已经写在“低保、最低生活保障”里。意思相同的词请都写在那一条里。"),
    ):
        with pytest.raises(ValidationError) as refused:
            teach(asked, words, one_way, None)
        assert refused.value.messages == [text]
    asked.refresh_from_db()
    assert asked.standing == Standing.WAITING
    assert Synonym.objects.count() == 2
    assert log() == []


def test_the_log_says_what_was_decided_and_never_what_was_asked(django_user_model):
    editor = django_user_model.objects.create_user("editor", "e@example.org", "x")
    asked = miss("不该留下的名字")
    decide(asked, Outcome.NOT_OURS, editor)
    label = f"没有结果的搜索 第{asked.pk}条"
    remove(asked, editor)
    assert log() == [("search.miss_not_ours", label), ("wagtail.delete", label)]
    assert Miss.objects.count() == 0


def test_what_nobody_asked_for_half_a_year_is_forgotten_by_the_tick():
    now = timezone.now()
    last = timezone.localdate(now) - KEPT_FOR
    miss("不再有人问", last_day=last - datetime.timedelta(days=1))
    kept = miss("还有人问", last_day=last)
    (job,) = [job for job in collect("periodic_jobs", now) if job.key.startswith("search.prune_misses:")]
    job.run()
    assert list(Miss.objects.all()) == [kept]
    assert prune(now) == 0


def test_what_finds_something_by_now_leaves_the_list_by_itself(page):
    waits, again = miss("飞机票"), miss("火车票", times=2, outcome=Outcome.DONE, times_then=1)
    assert ask_again() == 0
    page("买火车票的地方")
    page("飞机场巴士")
    assert ask_again() == 2
    assert {row.standing for row in Miss.objects.filter(pk__in=[waits.pk, again.pk])} == {Standing.DONE}


def test_what_somebody_deletes_or_decides_meanwhile_is_left_and_the_rest_is_asked(page, monkeypatch):
    page("买票的地方")
    gone, decided, rest = miss("飞机买票", 3), miss("火车买票", 2), miss("轮船买票", 1)

    def meanwhile(question):
        Miss.objects.filter(pk=gone.pk).delete()
        Miss.objects.filter(pk=decided.pk).update(outcome=Outcome.NOT_OURS)
        return hits_now(question)

    monkeypatch.setattr("search.misses.asking.hits_now", meanwhile)
    assert ask_again() == 1
    assert dict(Miss.objects.values_list("pk", "outcome")) == {decided.pk: Outcome.NOT_OURS, rest.pk: Outcome.DONE}


def test_only_what_anyone_may_read_counts_as_found(page):
    hidden = page("飞机票内部价")
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    assert hits_now("飞机票") == 0
    page("飞机票代售")
    assert hits_now("飞机票") == 1
