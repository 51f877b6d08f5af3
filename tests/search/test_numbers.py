"""Document numbers: one number however it was typed."""

import pytest
from django.apps import apps

from search.analysis.numbers import number_term, sought
from search.backends.matching import question
from search.documents import document
from suite.numbering.notation import NumberText

NUMBER = NumberText("国发", 2014, 17)
WRITTEN = [
    "国发〔2014〕17号",
    "国发[2014]17号",
    "国发（2014）17号",
    "国发(２０１４)17号",
    "国发【2014】第17号",
    "国发 〔2014〕 17 号",
    "國發〔2014〕17號",
    "国发2014 17号",
    "国发2014年17号",
    "国发 2014-17",
    "国发〔2014〕17号文件",
]


@pytest.mark.parametrize("written", WRITTEN)
def test_a_number_is_the_same_in_any_brackets(written):
    found = sought(written)
    assert found is not None
    assert number_term(found) == number_term(NUMBER)


@pytest.mark.parametrize(
    "other", ["2014 17", "国发", "国发201417", "低保2014年申请17人", "", "〔2014〕17号", "2014年17号"]
)
def test_what_is_no_number_is_none(other):
    assert sought(other) is None


def test_only_a_field_that_is_a_number_carries_its_term():
    assert document("1", [("国发[2014]17号", 1.0)]).words[number_term(NUMBER)] == 1.0
    assert number_term(NUMBER) not in document("2", [("根据国发〔2014〕17号，现通知", 1.0)]).words
    assert number_term(NUMBER) not in question("文号 国发 2014 17").words


@pytest.mark.django_db
@pytest.mark.parametrize("written", WRITTEN)
def test_the_document_itself_comes_before_all_that_cite_it(search_index, written):
    from wagtail.models import Page

    if not apps.is_installed("policies"):
        pytest.skip("the plugin of policy documents is left out")
    from policies import models as policies

    root = Page.get_first_root_node()
    for number in range(5):
        root.add_child(instance=Page(title=f"国发〔2014〕17号的解读 国发2014 17号 {number}", slug=f"cites-{number}"))
    made = root.add_child(
        instance=policies.PolicyPage(title="社会救助的意见", slug="itself", number="国发〔2014〕17号", live=False)
    )
    search_index()
    assert Page.objects.search(written)[0].pk == made.pk


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "told"), [("国发[2014]18号", True), ("国发[2014]17号", False), ("国发", False), ("社会救助 2014", False)]
)
def test_the_page_says_so_where_no_page_has_the_number(client, search_index, typed, told):
    from wagtail.models import Page, Site

    root = Site.objects.get(is_default_site=True).root_page
    root.add_child(instance=Page(title="国发〔2014〕18号的解读和社会救助", slug="cites"))
    root.add_child(instance=Page(title="国发〔2014〕17号", slug="itself"))
    search_index()
    html = client.get("/search/", {"q": typed}).content.decode()
    assert "<article" in html
    assert (f"没有找到文号为“{typed}”的文件，下面是提到它或用词相近的内容。" in html) is told
