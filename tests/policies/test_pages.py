from datetime import date

import pytest

from policies.domain.documents import theme_booklet
from policies.domain.lifecycle import check_confidentiality, record_validity
from policies.enums import Validity
from policies.models import PolicyPage, PolicyTheme, ReadingPage
from suite.publishing.domain.lifecycle import approve, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(person):
    return person("editor"), person("checker"), person("approver")


@pytest.fixture
def published(room, people):
    editor, checker, approver = people

    def publish(page):
        if not page.pk:
            room.add_child(instance=page)
        page.save_revision(user=editor, log_action=True)
        submit(page, editor)
        if isinstance(page, PolicyPage):
            check_confidentiality(page, checker)
        approve(page, checker)
        return approve(page, approver)

    publish(room)
    return publish


def document(title, **fields):
    return PolicyPage(title=title, body=[{"type": "paragraph", "value": "<p>正文一段。</p>"}], **fields)


def test_what_is_unknown_is_shown_as_unknown(client, published):
    page = published(document("甲办法"))
    html = client.get(page.url).content.decode()
    assert html.count("不详") == 5  # number, issuer, two dates, validity


def test_a_repealed_document_warns_and_leads_to_what_replaced_it(client, published, people):
    old, new = published(document("旧办法")), published(document("新办法"))
    record_validity(old, Validity.REPEALED, date(2024, 6, 1), people[2], replaced_by=new)
    html = client.get(old.url).content.decode()
    assert "已废止" in html
    assert f'href="{new.url}"' in html


def test_document_and_reading_link_to_each_other(client, published):
    page = published(document("甲办法"))
    reading = published(ReadingPage(title="看懂甲办法", policy=page, body=page.body))
    assert f'href="{reading.url}"' in client.get(page.url).content.decode()
    assert f'href="{page.url}"' in client.get(reading.url).content.decode()


def test_a_draft_reading_is_not_linked(client, published, room):
    page = published(document("甲办法"))
    room.add_child(instance=ReadingPage(title="草稿解读", policy=page))
    assert "草稿解读" not in client.get(page.url).content.decode()


def test_the_reading_room_filters_by_theme_and_validity(client, published, room, people):
    aged = PolicyTheme.objects.create(name="养老")
    first = published(document("甲办法", theme=aged))
    published(document("乙办法"))
    record_validity(first, Validity.IN_FORCE, date(2020, 1, 1), people[2])

    def listed(query):
        response = client.get(f"{room.url}?{query}")
        return [page.title for page in response.context["policies"]]

    assert listed("") == ["乙办法", "甲办法"]
    assert listed(f"theme={aged.pk}") == ["甲办法"]
    assert listed("validity=in_force") == ["甲办法"]
    assert listed("validity=unknown") == ["乙办法"]
    assert listed("validity=nonsense&theme=x&p=99") == listed("")


def test_a_repealed_document_says_so_among_the_hits(client, published, people, search_index):
    page = published(document("高龄老人生活补贴办法"))
    record_validity(page, Validity.REPEALED, date(2024, 6, 1), people[2])
    search_index()
    html = client.get("/search/?q=高龄老人生活补贴").content.decode()
    assert html.count("已废止") == 1


def test_a_theme_offers_a_booklet_of_what_applies_today_to_everyone(client, room, published, people):
    theme = PolicyTheme.objects.create(name="社会救助")
    in_force = published(document("临时救助办法", theme=theme, number="石政发〔2026〕9号", issued_on=date(2026, 1, 5)))
    amended = published(document("低保办法", theme=theme, issued_on=date(2026, 2, 5)))
    repealed, unknown = published(document("旧救助办法", theme=theme)), published(document("来历不明", theme=theme))
    other = published(document("农房办法"))
    for page, status in (
        (in_force, Validity.IN_FORCE),
        (amended, Validity.AMENDED),
        (repealed, Validity.REPEALED),
        (other, Validity.IN_FORCE),
    ):
        record_validity(page, status, date(2026, 3, 1), people[2])
    assert unknown.validity_status == Validity.UNKNOWN
    chapters = theme_booklet(theme).context["chapters"]
    assert [(chapter["title"], chapter["subtitle"]) for chapter in chapters] == [
        ("低保办法", "2026年2月5日　已修改"),
        ("临时救助办法", "石政发〔2026〕9号　2026年1月5日　现行有效"),
    ]
    address = f'href="/print/policy-booklet/{theme.pk}.pdf"'
    assert address in client.get(f"{room.url}?theme={theme.pk}").content.decode()
    assert address not in client.get(room.url).content.decode()


@pytest.mark.pdf
def test_the_booklet_of_a_theme_is_public(client, published, people):
    theme = PolicyTheme.objects.create(name="社会救助")
    page = published(document("临时救助办法", theme=theme))
    record_validity(page, Validity.IN_FORCE, date(2026, 3, 1), people[2])
    response = client.get(f"/print/policy-booklet/{theme.pk}.pdf")
    assert response["Content-Type"] == "application/pdf"


def test_a_theme_in_which_nothing_applies_offers_no_booklet_and_says_why(client, room, published):
    theme = PolicyTheme.objects.create(name="社会救助")
    published(document("临时救助办法", theme=theme))
    assert "policy-booklet" not in client.get(f"{room.url}?theme={theme.pk}").content.decode()
    response = client.get(f"/print/policy-booklet/{theme.pk}.pdf")
    assert response.status_code == 503
    assert "“社会救助”中还没有可打印的内容。" in response.content.decode()


@pytest.mark.parametrize("key", ["0", "x", "²"])
def test_there_is_no_booklet_for_a_key_without_a_theme(client, key):
    assert client.get(f"/print/policy-booklet/{key}.pdf").status_code == 404
