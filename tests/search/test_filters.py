"""What the hits can be narrowed down by, as readers of the page see it, and as it is counted."""

import datetime

import pytest
from django.contrib.auth.models import Group
from django.db.models import Case, Value, When
from wagtail import hooks
from wagtail.models import Page, PageViewRestriction

from search import Filters, SearchKind
from search.filters import MOST, Traits, narrowed
from tests.search.reading import filter_choices, filters_chosen, titles

LABELS = {"policy": "政策", "guide": "指南", "news": "动态"}
HITS = {
    1: Traits("policy", "国务院", "2024", "yes"),
    2: Traits("policy", "国务院", "2023", "no"),
    3: Traits("policy", "省政府", "2024", "-"),
    4: Traits("policy", "-", "-", "-"),
    5: Traits("guide", None, None, "yes"),
    6: Traits("guide", None, None, "no"),
    7: Traits("news", None, "2024"),
    8: Traits("news", None, "2025"),
}
ASKED = [
    {},
    {"kind": "policy"},
    {"issuer": "国务院"},
    {"issuer": "-"},
    {"year": "2024"},
    {"year": "-"},
    {"force": "yes"},
    {"force": "no"},
    {"force": "-"},
    {"kind": "policy", "year": "2024"},
    {"kind": "guide", "force": "yes"},
    {"issuer": "国务院", "year": "2023", "force": "no"},
    {"kind": "policy", "issuer": "国务院", "year": "2024", "force": "yes"},
]


def kept(**asked):
    return narrowed(HITS, LABELS, asked).keys


def offered(asked):
    """{filter: {value: hits}} of what can be chosen beside what is."""
    filters = narrowed(HITS, LABELS, asked).filters
    return {each.name: {choice.value: choice.count for choice in each.choices} for each in filters if each.choices}


def test_each_filter_alone():
    assert kept() == [1, 2, 3, 4, 5, 6, 7, 8]
    assert kept(kind="guide") == [5, 6]
    assert kept(issuer="国务院") == [1, 2]
    assert kept(year="2024") == [1, 3, 7]
    assert (kept(force="yes"), kept(force="no")) == ([1, 5], [2, 6])


def test_what_a_page_does_not_say_is_chosen_as_unknown_and_what_its_kind_has_not_is_not():
    assert kept(issuer="-") == [4]
    assert kept(year="-") == [4]
    assert kept(force="-") == [3, 4]


def test_filters_together_keep_what_fits_all_of_them():
    assert kept(kind="policy", year="2024") == [1, 3]
    assert kept(issuer="国务院", year="2024", force="yes") == [1]
    assert kept(kind="policy", issuer="国务院", year="2023", force="no") == [2]


@pytest.mark.parametrize("asked", ASKED)
def test_the_number_beside_a_choice_is_what_choosing_it_leaves(asked):
    for name, values in offered(asked).items():
        assert values == {value: len(kept(**asked, **{name: value})) for value in values}


@pytest.mark.parametrize("asked", ASKED)
def test_only_what_leaves_fewer_hits_and_at_least_one_can_be_chosen(asked):
    left = len(kept(**asked))
    assert all(0 < count < left for values in offered(asked).values() for count in values.values())


def test_what_is_chosen_stands_with_its_number_and_is_not_offered_again():
    found = narrowed(HITS, LABELS, {"kind": "policy", "year": "2024"})
    assert found.chosen == {"kind": "policy", "year": "2024"}
    assert [(each.chosen.label, each.chosen.count, each.choices) for each in found.filters if each.chosen] == [
        ("政策", 2, []),
        ("2024年", 2, []),
    ]


def test_choices_stand_in_the_order_readers_look_for_them():
    found = {each.name: [choice.label for choice in each.choices] for each in narrowed(HITS, LABELS, {}).filters}
    assert found == {
        "kind": ["政策", "指南", "动态"],
        "issuer": ["国务院", "省政府", "发文机关不详"],
        "year": ["2025年", "2024年", "2023年", "年份不详"],
        "force": ["现行有效", "已失效", "效力不详"],
    }


@pytest.mark.parametrize(
    ("asked", "keys", "chosen"),
    [
        ({"kind": "nonsense"}, [1, 2, 3, 4, 5, 6, 7, 8], {}),
        ({"year": "二〇二四"}, [1, 2, 3, 4, 5, 6, 7, 8], {}),
        ({"force": "2024"}, [1, 2, 3, 4, 5, 6, 7, 8], {}),
        ({"kind": "guide", "issuer": "国务院"}, [5, 6], {"kind": "guide"}),
        ({"kind": "guide", "issuer": "国务院", "force": "no"}, [6], {"kind": "guide", "force": "no"}),
    ],
)
def test_what_fits_no_hit_is_ignored_and_said(asked, keys, chosen):
    found = narrowed(HITS, LABELS, asked)
    assert (found.keys, found.chosen, found.ignored) == (keys, chosen, True)
    assert not narrowed(HITS, LABELS, chosen).ignored


def test_a_long_list_of_issuers_is_cut_and_says_how_many_are_left_out():
    hits = {number: Traits("policy", f"第{number}村", "2024", "yes") for number in range(MOST + 7)}
    issuers = narrowed(hits, LABELS, {}).filters[1]
    assert (len(issuers.choices), issuers.more) == (MOST, 7)


@pytest.fixture
def declared():
    """Plain pages as documents: issued by what stands in seo_title, repealed where the description says so."""
    said = Case(
        When(search_description="repealed", then=Value(False)), When(search_description="counts", then=Value(True))
    )
    kind = SearchKind(
        "document", "文件", Page, filters=lambda: Filters(issuer="seo_title", day="go_live_at", in_force=said)
    )
    with hooks.register_temporarily("search_kinds", lambda: [kind], order=-1):
        yield


@pytest.fixture
def documents(page, declared):
    """Four documents about 低保 on one subject, beside one that nobody may read and one that is not published."""
    day = datetime.datetime(2024, 12, 31, 16, 30, tzinfo=datetime.UTC)  # in the office it is 2025 already
    page("低保甲", seo_title="县民政局", go_live_at=day, search_description="counts")
    page("低保乙", seo_title="县民政局", go_live_at=day - datetime.timedelta(hours=1), search_description="repealed")
    page("低保丙", seo_title="石桥镇", search_description="counts")
    page("低保丁")
    hidden = page("低保内部", seo_title="县民政局", go_live_at=day, search_description="counts")
    restriction = PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.add(Group.objects.first())
    page("低保草稿", seo_title="县民政局", go_live_at=day, search_description="counts", live=False)


def test_the_page_offers_what_the_kinds_declare_and_counts_only_what_anyone_may_read(documents, answer):
    assert filter_choices(answer("低保")) == {
        "issuer": {"县民政局": ("县民政局", 2), "石桥镇": ("石桥镇", 1), "-": ("发文机关不详", 1)},
        "year": {"2025": ("2025年", 1), "2024": ("2024年", 1), "-": ("年份不详", 2)},
        "force": {"yes": ("现行有效", 2), "no": ("已失效", 1), "-": ("效力不详", 1)},
    }


def test_every_choice_leads_to_as_many_hits_as_it_says(documents, answer):
    for name, values in filter_choices(answer("低保")).items():
        for value, (label, count) in values.items():
            html = answer("低保", **{name: value})
            assert (len(titles(html)), list(filters_chosen(html))) == (count, [label])


def test_what_was_chosen_is_taken_away_one_by_one(documents, answer, client):
    html = answer("低保", issuer="县民政局", year="2025", force="yes")
    assert titles(html) == ["低保甲"]
    addresses = filters_chosen(html)
    assert list(addresses) == ["县民政局", "2025年", "现行有效"]
    without = client.get(f"/search/{addresses['2025年']}").content.decode()
    assert list(filters_chosen(without)) == ["县民政局", "现行有效"]
    assert filter_choices(html) == {}


def test_the_buttons_keep_the_question_and_what_was_chosen(documents, answer):
    html = answer("低保", issuer="县民政局")
    form = html[html.index('<form class="narrow"') :].split("</form>")[0]
    assert '<input type="hidden" name="q" value="低保"><input type="hidden" name="issuer" value="县民政局">' in form


def test_paging_keeps_the_filters(page, declared, answer):
    for number in range(12):
        page(f"低保通知{number}", seo_title="县民政局")
    page("低保通知", seo_title="石桥镇")
    first = answer("低保", issuer="县民政局")
    assert 'href="?p=2&amp;q=%E4%BD%8E%E4%BF%9D&amp;issuer=%E5%8E%BF%E6%B0%91%E6%94%BF%E5%B1%80"' in first
    second = answer("低保", issuer="县民政局", p="2")
    assert (len(titles(first)), len(titles(second)), list(filters_chosen(second))) == (10, 2, ["县民政局"])


def test_what_stands_in_the_address_is_never_unescaped_nor_an_error(documents, answer):
    script = "<script>alert(1)</script>"
    for name in ("kind", "issuer", "year", "force", "p"):
        for value in (script, "\x00", "%s' OR 1=1 --", "9" * 5000, "\ud7ff😀", "２０２４"):
            html = answer("低保", **{name: value})
            assert (len(titles(html)), script in html) == (4, False)


def test_an_issuer_is_escaped(page, declared, answer):
    page("低保甲", seo_title='<b onclick="x">')
    page("低保乙")
    html = answer("低保")
    assert filter_choices(html)["issuer"] == {'<b onclick="x">': ('<b onclick="x">', 1), "-": ("发文机关不详", 1)}
    assert "<b onclick" not in html


def test_a_filter_that_fits_nothing_is_said(documents, answer):
    sentence = "有的筛选条件下没有内容，已不按它筛选。"
    assert [sentence in answer("低保", year=year) for year in ("2025", "1999")] == [False, True]


def test_the_number_of_queries_does_not_grow_with_the_hits(page, declared, client, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/search/", {"q": "低保"}).status_code == 200
        return len(queries)

    page("低保一", seo_title="县民政局")
    page("低保二", seo_title="石桥镇")
    asked()
    before = asked()
    for number in range(9):
        page(f"低保{number}", seo_title=f"第{number}村")
    assert asked() == before
