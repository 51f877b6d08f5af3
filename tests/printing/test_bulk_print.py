"""Ordering a pack in the page explorer: pages that are ticked, or all below one."""

import pytest
from bs4 import BeautifulSoup
from wagtail import hooks
from wagtail.models import Page, Site

from printing import Printable
from printing.domain.gongwen import gongwen_sheet
from printing.models import Pack
from suite.publishing.domain import publish_batch
from suite.publishing.permissions import anyone_may_read
from tests.suite.publishing.steps import make_user
from tests.suite.publishing.testapp.models import Poster

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("packs_folder")]
ADDRESS = "/admin/bulk/wagtailcore/page/print/"


def poster_kind(kind, label, sizes):
    return Printable(
        kind=kind,
        label=label,
        model=Poster,
        document=lambda page, size="": gongwen_sheet(title=page.title, body_html="<p>正文。</p>"),
        find=lambda key: Poster.objects.filter(pk=key).first(),
        keys=list,
        user_can_print=anyone_may_read,
        sizes=sizes,
    )


@pytest.fixture(autouse=True)
def kinds(queued):
    papers = [poster_kind("test-notice", "通知", ("a4",)), poster_kind("test-poster", "张贴", ("a3", "a4"))]
    with hooks.register_temporarily("register_printables", lambda: papers):
        yield


@pytest.fixture
def home(admin_user, client):
    client.force_login(admin_user)
    return Site.objects.get(is_default_site=True).root_page


@pytest.fixture
def section(home):
    return home.add_child(instance=Page(title="停水通知"))


@pytest.fixture
def put(db):
    """put(parent, title, live=True): a page there, cleared and live unless it is told not to be."""
    two = [make_user("checker", "checker"), make_user("approver", "approver")]

    def put_page(parent, title, live=True):
        page = parent.add_child(instance=Poster(title=title, live=False))
        if live:
            publish_batch([page], *two, name="test", file_hash="0" * 64)
        return page

    return put_page


def form(client, address):
    page = BeautifulSoup(client.get(address).content.decode(), "html.parser")
    return page, [(one["value"], one.parent.get_text(strip=True)) for one in page.select("input[name=papers]")]


def test_ticked_pages_are_printed_in_the_papers_chosen(client, section, put, admin_user):
    one, two = put(section, "东村"), put(section, "西村")
    address = f"{ADDRESS}?id={two.pk}&id={one.pk}"
    page, papers = form(client, address)
    assert papers == [("test-notice:a4", "通知"), ("test-poster:a3", "张贴 A3"), ("test-poster:a4", "张贴 A4")]
    assert page.select_one("input[name=title]")["value"] == "停水通知（2份）"
    chosen = {"papers": ["test-notice:a4", "test-poster:a3"], "copies": 3, "title": "本周停水", "both_sides": "on"}
    response = client.post(address, chosen)
    pack = Pack.objects.get()
    assert response.url == f"/print/packs/{pack.pk}/"
    assert (pack.title, pack.requested_by, pack.both_sides) == ("本周停水", admin_user, True)
    assert [(item["kind"], item["key"], item["size"], item["copies"], item["title"]) for item in pack.items] == [
        ("test-notice", str(one.pk), "a4", 3, "东村（通知）"),
        ("test-poster", str(one.pk), "a3", 3, "东村（张贴 A3）"),
        ("test-notice", str(two.pk), "a4", 3, "西村（通知）"),
        ("test-poster", str(two.pk), "a3", 3, "西村（张贴 A3）"),
    ]


def test_the_button_of_a_section_orders_all_that_is_published_below_it(client, section, put):
    public, draft = put(section, "东村"), put(section, "西村", live=False)
    page = BeautifulSoup(client.get(f"/admin/pages/{section.pk}/").content.decode(), "html.parser")
    links = [link["href"] for link in page.select("a") if link.get_text(strip=True) == "下级全部打印成一个文件"]
    assert len(links) == 1
    page, _papers = form(client, links[0])
    assert "以下页面不打印" in page.text
    assert draft.title in page.text
    client.post(links[0], {"papers": "test-notice:a4", "copies": 1, "title": "全部"})
    assert [item["key"] for item in Pack.objects.get().items] == [str(public.pk)]


def test_a_section_with_nothing_to_print_below_has_no_button(client, section):
    section.add_child(instance=Page(title="空"))
    assert "下级全部打印成一个文件" not in client.get(f"/admin/pages/{section.pk}/").content.decode()


def test_pages_that_cannot_be_printed_offer_nothing(client, section):
    page, papers = form(client, f"{ADDRESS}?id={section.pk}")
    assert papers == []
    assert "以下页面不打印" in page.text
    assert page.select("main form button, #main form button") == []


def test_a_refusal_stands_in_the_form_and_keeps_what_was_chosen(client, section, put, monkeypatch):
    monkeypatch.setattr("printing.domain.packs.MOST_PAPERS", 1)
    one, two = put(section, "东村"), put(section, "西村")
    chosen = {"papers": "test-poster:a4", "copies": 2, "title": "两村"}
    response = client.post(f"{ADDRESS}?id={one.pk}&id={two.pk}", chosen)
    page = BeautifulSoup(response.content.decode(), "html.parser")
    assert "一个打印包放不下2份。一次最多1份，请分几次打印。" in page.text
    assert [box["value"] for box in page.select("input[name=papers][checked]")] == ["test-poster:a4"]
    assert page.select_one("input[name=copies]")["value"] == "2"
    assert Pack.objects.count() == 0


def test_a_paper_nobody_offered_is_refused(client, section, put):
    one = put(section, "东村")
    response = client.post(f"{ADDRESS}?id={one.pk}", {"papers": "policy:a4", "copies": 1, "title": "不行"})
    assert response.status_code == 200
    assert Pack.objects.count() == 0
