"""A page is found by what stands in the files that it links: both engines, the public page."""

import re
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from modelsearch.backends import get_search_backend
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction, Page

from search.attachments import hits, tasks, texts
from search.attachments.hooks import periodic_jobs
from search.attachments.models import FileText
from search.backends.ranked import RankedBackend
from search.engines.base import Must, Question
from search.passages import Asked
from tests.suite.publishing.testapp.models import Poster

from . import files
from .conftest import go_live

pytestmark = pytest.mark.django_db
PAPER = ["农村危房改造补助申请表", "施工前后照片各一张，村委会盖章确认。"]


@pytest.fixture
def hidden():
    """A collection that only those who are logged in may see."""
    collection = Collection.get_first_root_node().add_child(name="内部")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    return collection


def held(page, text):
    """Whether the index holds a pair of characters for a page: what is in it whatever the queryset filters."""
    backend = get_search_backend()
    assert isinstance(backend, RankedBackend)
    backend.refresh_indexes()
    found = backend.store(Page).search(Question(must=(Must("pairs", text),)))
    return str(page.pk) in found


def shown_file(html):
    """Name, address and page number of the file in the only hit, and its passages without tags."""
    found = re.search(r'<div class="result-file">(.*?)</div>', html, re.DOTALL)
    if not found:
        return None
    about = re.search(r'在附件中： <a class="tap" href="([^"]+)">([^<]+)</a>(?: · 第 (\d+) 页)?', found.group(1))
    passages = re.findall(r"<p>(.*?)</p>", found.group(1), re.DOTALL)
    return about.group(2), about.group(1), about.group(3), passages


def test_a_page_is_found_by_its_pdf_and_shows_where(poster, upload, found):
    document = upload(files.pdf(PAPER), title="补助申请表")
    poster("住房补助", attachment=document)
    poster("别的事")
    assert found("盖章确认") == ["住房补助"]
    assert shown_file(found.html) == (
        "补助申请表",
        f"{document.url}#page=2",
        "2",
        ["施工前后照片各一张，村委会<mark>盖章确认</mark>。"],
    )


def test_a_page_is_found_by_its_word_file_and_shows_where(poster, upload, found):
    document = upload(files.word(PAPER), "b.docx", title="补助申请表")
    poster("住房补助", body=[("attachment", {"document": document, "title": ""})])
    assert found("盖章确认") == ["住房补助"]
    name, address, number, passages = shown_file(found.html)
    assert (name, address, number) == ("补助申请表", document.url, None)
    assert passages == ["施工前后照片各一张，村委会<mark>盖章确认</mark>。"]


def test_a_file_that_rich_text_links_counts(poster, upload, found):
    document = upload(files.pdf(PAPER))
    poster("住房补助", intro=f'<p>见<a linktype="document" id="{document.pk}">表</a></p>')
    assert found("盖章确认") == ["住房补助"]


def test_the_link_leads_to_the_file(poster, upload, found, client):
    poster("住房补助", attachment=upload(files.pdf(PAPER)))
    found("盖章确认")
    address = shown_file(found.html)[1].partition("#")[0]
    assert b"".join(client.get(address).streaming_content) == files.pdf(PAPER)


def test_what_the_page_itself_says_is_not_repeated_from_its_file(poster, upload, found):
    poster("危房改造补助", attachment=upload(files.pdf(PAPER)))
    assert found("危房改造") == ["危房改造补助"]
    assert shown_file(found.html) is None


def test_the_file_that_has_most_of_it_is_shown(poster, upload, found):
    one = upload(files.pdf(["盖章须知"]), "one.pdf", title="须知")
    two = upload(files.pdf(["照片一张，盖章确认"]), "two.pdf", title="清单")
    poster("住房补助", attachment=one, body=[("attachment", {"document": two, "title": ""})])
    found("照片盖章确认")
    assert shown_file(found.html)[0] == "清单"


def test_a_file_in_traditional_characters_is_found_and_shown_as_written(poster, upload, found):
    poster("住房补助", attachment=upload(files.word(["辦理殘疾證須知"]), "c.docx"))
    assert found("残疾证") == ["住房补助"]
    assert shown_file(found.html)[3] == ["辦理<mark>殘疾證</mark>須知"]


def test_names_and_texts_of_files_are_escaped(poster, upload, found):
    poster("住房补助", attachment=upload(files.pdf(["<b>盖章确认</b>"]), title="<i>表</i>"))
    found("盖章确认")
    assert "<b>" not in found.html
    assert "&lt;i&gt;表&lt;/i&gt;" in found.html


# Only what is published and open


def test_files_of_drafts_are_not_in_the_index(poster, upload, found):
    page = poster("住房补助", live=False, attachment=upload(files.pdf(PAPER)))
    assert found("盖章确认") == []
    assert not held(page, "盖章")
    go_live(page)
    assert found("盖章确认") == ["住房补助"]
    go_live(page, False)
    assert found("盖章确认") == []
    assert not held(page, "盖章")


def test_files_that_only_the_draft_of_a_live_page_links_are_not_in_the_index(poster, upload, found):
    page = poster("住房补助")
    page.attachment = upload(files.pdf(PAPER))
    page.save_revision()
    get_search_backend().update(Poster, [page.pk])
    assert found("盖章确认") == []
    assert not held(page, "盖章")


def test_files_of_a_collection_that_is_not_open_are_not_in_the_index(poster, upload, found, hidden):
    below = hidden.add_child(name="更内部")
    page = poster("住房补助", attachment=upload(files.pdf(PAPER), collection=below))
    assert found("盖章确认") == []
    assert not held(page, "盖章")


def test_a_file_that_becomes_private_is_gone_at_once_and_comes_back(poster, upload, found):
    collection = Collection.get_first_root_node().add_child(name="附件")
    page = poster("住房补助", attachment=upload(files.pdf(PAPER), collection=collection))
    assert held(page, "盖章")
    restriction = CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    assert found("盖章确认") == []
    assert not held(page, "盖章")
    restriction.delete()
    assert found("盖章确认") == ["住房补助"]


def test_a_file_that_moves_into_a_private_collection_is_gone(poster, upload, found, hidden):
    document = upload(files.pdf(PAPER))
    page = poster("住房补助", attachment=document)
    assert held(page, "盖章")
    document.collection = hidden
    document.save()
    assert not held(page, "盖章")


def test_files_that_many_at_a_time_move_into_a_private_collection_are_gone(poster, upload, hidden, admin_client, index):
    document = upload(files.pdf(PAPER))
    page = poster("住房补助", attachment=document)
    assert held(page, "盖章")
    address = f"/admin/bulk/wagtaildocs/document/add_to_collection/?id={document.pk}"
    assert admin_client.post(address, {"collection": hidden.pk}).status_code == 302
    document.refresh_from_db()
    assert document.collection == hidden
    assert not held(page, "盖章")


def test_the_tick_mends_what_no_signal_told(poster, upload, hidden, index):
    document = upload(files.pdf(PAPER))
    page = poster("住房补助", attachment=document)
    assert held(page, "盖章")
    collection = Collection.get_first_root_node().add_child(name="附件")
    Document.objects.update(collection=collection)
    collection.move(Collection.objects.get(pk=hidden.pk), "sorted-child")
    now = timezone.now()
    jobs = [job for job in periodic_jobs(now) if job.key.startswith("search.files-in-step:")]
    assert len(jobs) == 1
    jobs[0].run()
    assert not held(page, "盖章")
    assert not any(job.key.startswith("search.files-in-step:") for job in periodic_jobs(now + timedelta(minutes=1)))


def test_no_passage_comes_from_a_file_that_is_private_although_the_index_lags(poster, upload, found, hidden):
    document = upload(files.pdf(PAPER))
    page = poster("住房补助", attachment=document)
    asked = Asked.of("盖章确认")
    assert hits.in_files({page.pk: "住房补助"}, asked).keys() == {page.pk}
    Document.objects.update(collection=hidden)
    assert hits.in_files({page.pk: "住房补助"}, asked) == {}


# Replaced, unlinked, deleted


def test_a_replaced_file_is_found_by_its_new_text_only(poster, upload, found):
    document = upload(files.pdf(PAPER))
    page = poster("住房补助", attachment=document)
    assert held(page, "盖章")
    document.file = ContentFile(files.pdf(["改为网上申请"]), name="new.pdf")
    document.save()
    assert found("盖章确认") == []
    assert not held(page, "盖章")
    assert found("网上申请") == ["住房补助"]
    assert shown_file(found.html)[3] == ["改为<mark>网上申请</mark>"]


@pytest.mark.parametrize("replaced", [{"file": "documents/other.pdf"}, {"file_hash": "0" * 40}])
def test_a_text_is_not_shown_for_a_file_that_was_replaced_past_all_signals(poster, upload, index, replaced):
    document = upload(files.pdf(PAPER))
    page = poster("住房补助", attachment=document)
    assert list(texts.texts_of(page)) == [FileText.objects.get().text]
    Document.objects.update(**replaced)
    assert list(texts.texts_of(page)) == []
    assert hits.in_files({page.pk: "住房补助"}, Asked.of("盖章确认")) == {}


def test_a_file_that_is_replaced_by_one_that_cannot_be_read_leaves_nothing(poster, upload, found):
    document = upload(files.pdf(PAPER))
    page = poster("住房补助", attachment=document)
    document.file = ContentFile(files.scanned_pdf(), name="scan.pdf")
    document.save()
    assert not held(page, "盖章")
    assert FileText.objects.get().text == ""


def test_a_file_that_is_no_longer_linked_is_gone(poster, upload, found):
    page = poster("住房补助", attachment=upload(files.pdf(PAPER)))
    assert held(page, "盖章")
    go_live(page, False)
    Poster.objects.filter(pk=page.pk).update(attachment=None)
    go_live(page)
    assert found("盖章确认") == []


def test_a_deleted_file_is_gone(poster, upload, found):
    document = upload(files.pdf(PAPER))
    page = poster("住房补助", body=[("attachment", {"document": document, "title": ""})])
    assert held(page, "盖章")
    document.delete()
    assert found("盖章确认") == []
    assert not held(page, "盖章")
    assert not FileText.objects.exists()


def test_a_file_that_is_saved_with_another_name_is_not_read_again(upload, monkeypatch):
    document = upload(files.pdf(PAPER))
    monkeypatch.setattr(tasks.working, "read_file", lambda key: pytest.fail("it was read again"))
    document.title = "另一个名称"
    document.save()
    document.get_file_hash()
    assert FileText.objects.get().text.startswith("农村危房改造")
    assert FileText.objects.open_to_all().count() == 1


# Many pages, many files


def test_a_rebuild_holds_the_texts_of_files(poster, upload, found):
    from django.core.management import call_command

    poster("住房补助", attachment=upload(files.pdf(PAPER)))
    call_command("update_index", verbosity=0)
    assert found("盖章确认") == ["住房补助"]


def test_a_page_with_too_many_files_holds_the_first_of_them(poster, upload, index, monkeypatch):
    one, two = (upload(files.pdf([text]), f"{n}.pdf") for n, text in enumerate(["盖章确认", "网上申请"]))
    page = poster("住房补助", body=[("attachment", {"document": each, "title": ""}) for each in (one, two)])
    assert list(texts.texts_of(page)) == ["盖章确认", "网上申请"]
    monkeypatch.setattr(texts, "MOST_FOR_A_PAGE", 5)
    assert list(texts.texts_of(page)) == ["盖章确认"]


def test_ten_hits_with_files_cost_as_many_queries_as_one(poster, upload, django_assert_num_queries):
    pages = [poster(f"补助{n}", attachment=upload(files.pdf([f"盖章确认{n}"]), f"{n}.pdf")) for n in range(10)]
    asked = Asked.of("盖章确认")
    hits.in_files({pages[0].pk: ""}, asked)
    for some in (pages[:1], pages):
        with django_assert_num_queries(4):
            assert len(hits.in_files({page.pk: "" for page in some}, asked)) == len(some)


def test_only_so_much_is_looked_through_for_one_screen(poster, upload, monkeypatch):
    pages = [poster(f"补助{n}", attachment=upload(files.pdf([f"盖章确认{n}"]), f"{n}.pdf")) for n in range(3)]
    monkeypatch.setattr(hits, "MOST_LOOKED_THROUGH", 11)
    found = hits.in_files({page.pk: "" for page in pages}, Asked.of("盖章确认"))
    assert set(found) == {page.pk for page in pages[:2]}
