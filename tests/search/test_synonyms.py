"""Words that mean the same: what the editor may write, what a question finds by them, at once."""

import subprocess
import sys

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Page

from search.analysis.synonyms import MOST_WORDINGS, Synonyms, Wording
from search.backends.matching import SYNONYM_WEIGHT, best, questions
from search.engines.base import Must
from search.models import Synonym
from search.passages import Asked, marked, passages
from suite.roles.domain import group

LOW = Synonyms({"低保": ("最低生活保障",), "最低生活保障": ("低保",)})


def page(title):
    return Page.get_first_root_node().add_child(instance=Page(title=title, slug=f"p{title.encode().hex()}"))


def found(text, **options):
    return [hit.title for hit in Page.objects.search(text, **options)]


def kept(words, one_way=False):
    row = Synonym(words=words, one_way=one_way)
    row.full_clean()
    row.save()
    return row


def refusal(words, one_way=False):
    with pytest.raises(ValidationError) as refused:
        kept(words, one_way)
    return " ".join(refused.value.messages)


@pytest.mark.django_db
def test_a_synonym_finds_and_stops_finding_at_once(search_index):
    page("最低生活保障申请指南")
    page("生活垃圾分类")
    search_index()
    assert found("低保") == []
    row = kept("低保、最低生活保障")
    assert found("低保") == ["最低生活保障申请指南"]
    row.delete()
    assert found("低保") == []


@pytest.mark.django_db
def test_a_one_way_word_leads_to_the_others_only(search_index):
    page("吃低保的人")
    page("最低生活保障申请指南")
    search_index()
    kept("吃低保，最低生活保障", one_way=True)
    assert set(found("吃低保")) == {"吃低保的人", "最低生活保障申请指南"}
    assert found("最低生活保障") == ["最低生活保障申请指南"]


def test_a_hit_counts_by_its_best_wording_and_a_synonym_a_little_less_than_what_was_typed():
    asked = questions("低保", LOW)
    typed, reworded = asked
    answers = {typed: {"both": 10.0, "typed": 5.0}, reworded: {"both": 11.0, "synonym": 5.0}}
    assert best(answers.__getitem__, asked) == {"both": 10.0, "typed": 5.0, "synonym": 5.0 * SYNONYM_WEIGHT}
    assert reworded.must == (Must("pairs", "最低"), *(Must("pairs", p) for p in ("低生", "生活", "活保", "保障")))


@pytest.mark.django_db
def test_all_words_and_single_fields_hold_with_synonyms_too(search_index):
    page("最低生活保障申请")
    page("最低生活保障")
    search_index()
    kept("低保、最低生活保障")
    assert found("低保申请", operator="and") == ["最低生活保障申请"]
    assert set(found("低保", fields=["title"])) == {"最低生活保障申请", "最低生活保障"}


@pytest.mark.django_db(transaction=True)
def test_another_process_sees_a_change_without_a_restart(search_index, tmp_path):
    """The version is looked at for each question: a row written by others counts with the next one."""
    from search import vocabulary

    assert vocabulary.current().synonyms.leads == {}
    kept("低保、最低生活保障")
    before = vocabulary.current()
    assert before.synonyms.leads["低保"] == ("最低生活保障",)
    assert vocabulary.current() is before
    Synonym.objects.get().delete()
    assert vocabulary.current().synonyms.leads == {}


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("低保", "请写两到八个意思相同的词，用顿号隔开。"),
        ("", "请写两到八个意思相同的词，用顿号隔开。"),
        ("、".join(f"词语{n}" for n in range(9)), "请写两到八个意思相同的词，用顿号隔开。"),
        ("低保、。！", "“。！”只有标点，请写词语。"),
        ("低保、保", "“保”只有一个字，会出现在太多别的词里，请写长一些的词。"),
        ("低保、低保", "“低保”在这里出现了两次（可能是繁体写法），请去掉一个。"),
        ("残疾证、殘疾證", "“殘疾證”在这里出现了两次（可能是繁体写法），请去掉一个。"),
        ("低保、" + "长" * 31, "“" + "长" * 31 + "”太长，不像一个词；词与词之间请用顿号隔开。"),
    ],
)
@pytest.mark.django_db
def test_a_row_that_cannot_work_is_refused_and_says_why(words, text):
    assert text in refusal(words)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("first", "second", "word"),
    [
        (("低保、最低生活保障", False), ("最低生活保障、生活补助", False), "最低生活保障"),
        (("吃低保、低保", True), ("低保、最低生活保障", False), "低保"),
        (("吃低保、低保", True), ("低保、最低生活保障", True), "低保"),
        (("低保、最低生活保障", True), ("吃低保、低保", True), "低保"),
        (("低保、最低生活保障", True), ("低保、生活补助", True), "低保"),
    ],
)
def test_a_chain_of_rows_is_refused(first, second, word):
    kept(*first)
    assert refusal(*second) == f"“{word}”已经写在“{first[0]}”里。意思相同的词请都写在那一条里。"


@pytest.mark.django_db
def test_two_words_may_lead_to_the_same_one():
    kept("吃低保、最低生活保障", one_way=True)
    kept("困难补助、最低生活保障", one_way=True)
    assert Synonym.objects.count() == 2


def test_a_word_inside_others_is_not_taken_for_a_synonym():
    synonyms = Synonyms({"保本": ("保值",), "公积金": ("住房公积金",), "住房公积金": ("公积金",)})
    assert synonyms.wordings("低保本人申请") == [Wording("低保本人申请")]
    assert synonyms.wordings("提取住房公积金") == [Wording("提取住房公积金"), Wording("提取公积金", ("公积金",))]


def test_a_question_with_many_synonyms_has_few_wordings():
    many = Synonyms({f"词语{n}": tuple(f"说法{n}{m}" for m in range(6)) for n in range(10)})
    assert len(many.wordings(" ".join(f"词语{n}" for n in range(10)))) == MOST_WORDINGS


def test_an_empty_table_asks_exactly_what_is_asked_without_one():
    assert len(questions("低保怎么申请", Synonyms())) == 1
    assert questions("土地承包", LOW) == questions("土地承包", Synonyms())


def test_the_synonym_is_marked_in_titles_and_passages():
    asked = Asked.of("低保", LOW)
    assert [(p.text, p.marked) for p in marked("最低生活保障办法", asked)] == [("最低生活保障", True), ("办法", False)]
    assert any(piece.marked for piece in passages("农村" * 99 + "最低生活保障。", asked)[0])


@pytest.mark.django_db
def test_the_editor_keeps_the_table_in_the_admin_in_chinese(client, django_user_model):
    editor = django_user_model.objects.create_user("editor", "e@example.org", "x")
    editor.groups.add(group("editor"))
    client.force_login(editor)
    added = client.post("/admin/snippets/search/synonym/add/", {"words": "低保, 最低生活保障"})
    assert added.status_code == 302
    assert Synonym.objects.get().words == "低保、最低生活保障"
    listed = client.get("/admin/snippets/search/synonym/").content.decode()
    assert "低保、最低生活保障" in listed
    assert "只从第一个词到其他词" in listed
    assert "False" not in listed
    client.force_login(django_user_model.objects.create_user("other", "o@example.org", "x"))
    assert client.get("/admin/snippets/search/synonym/").status_code == 302


def test_the_eval_command_works_before_the_database_is_migrated(tmp_path):
    (tmp_path / "d.jsonl").write_text('{"id": "1", "title": "低保", "text": "低保"}\n')
    (tmp_path / "q.jsonl").write_text('{"id": "1", "q": "低保", "gold": ["1"]}\n')
    code = (
        "import django; django.setup(); from django.conf import settings;"
        "settings.DATABASES['default']['NAME'] = ':memory:';"
        "from django.core.management import call_command;"
        f"call_command('search_eval', '{tmp_path}/d.jsonl', '{tmp_path}/q.jsonl', '--json')"
    )
    environment = {"PYTHONPATH": ".:site", "DJANGO_SETTINGS_MODULE": "config.settings.test", "PATH": "/usr/bin"}
    run = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert '"mrr10": 1.0' in run.stdout, run.stderr
