"""Open data: what is public, complete and stable, and nothing else."""

import datetime
import json
import re
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from guides.domain.elements import elements
from suite.privacy.numbers import find

pytestmark = pytest.mark.django_db
BASE = "http://testserver"


def index_of(client):
    return client.get("/guides/data/").json()["items"]


def item_of(client, guide):
    return client.get(f"/guides/data/{guide.translation_key}.json")


@pytest.fixture
def guide(draft, publish):
    return publish(draft())


def test_the_index_names_every_item_with_its_own_address(client, guide):
    assert client.get("/guides/data/").json() == {
        "format": 1,
        "count": 1,
        "items": [
            {
                "id": str(guide.translation_key),
                "title": "最低生活保障审核确认",
                "url": BASE + guide.get_url(),
                "status": "current",
                "version": 1,
                "valid_from": timezone.localdate().isoformat(),
                "valid_until": None,
                "updated": timezone.localtime(guide.last_published_at).isoformat(timespec="seconds"),
                "data": f"{BASE}/guides/data/{guide.translation_key}.json",
            }
        ],
    }


def test_an_item_has_every_element_of_its_newest_version(client, guide):
    data = item_of(client, guide).json()
    told = json.loads(json.dumps(elements(guide)))
    told["basis"] = [{"title": "社会救助暂行办法", "article": "第十条", "url": None}]
    assert data["elements"] == told
    assert {key: value for key, value in data.items() if key != "elements"} == {
        **{key: value for key, value in index_of(client)[0].items() if key != "data"},
        "format": 1,
        "changes": [],
        "replaced_by": None,
    }


def test_the_identifier_outlives_title_and_address(client, guide, publish):
    before = guide.translation_key
    guide.title, guide.slug = "低保", "di-bao"
    guide.save_revision()
    now = publish(guide)
    (item,) = index_of(client)
    assert (item["id"], item["title"], item["version"]) == (str(before), "低保", 2)
    assert item["url"].endswith("/di-bao/")
    assert item_of(client, now).json()["changes"] == ["名称：由“最低生活保障审核确认”改为“低保”"]


def test_a_draft_over_a_public_item_is_not_told(client, guide):
    guide.summary = "还没有公布。"
    guide.save_revision()
    assert "还没有公布" not in item_of(client, guide).content.decode()


def test_drafts_do_not_exist(client, draft, guide):
    hidden = draft(title="草稿", slug="cao-gao")
    assert item_of(client, hidden).status_code == 404
    assert [item["title"] for item in index_of(client)] == [guide.title]


def test_what_was_taken_down_or_is_for_some_eyes_only_does_not_exist(client, guide, index):
    PageViewRestriction.objects.create(page=index, restriction_type="login")
    assert (item_of(client, guide).status_code, index_of(client)) == (404, [])
    PageViewRestriction.objects.all().delete()
    guide.unpublish()
    assert (item_of(client, guide).status_code, index_of(client)) == (404, [])


def test_what_has_ended_is_marked_and_says_what_took_its_place(client, draft, publish):
    new = publish(draft(title="新办法", slug="xin"))
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    old = publish(draft(title="旧办法", slug="jiu", valid_until=yesterday, replaced_by=new))
    data = item_of(client, old).json()
    assert (data["status"], data["valid_until"], data["replaced_by"]) == (
        "ended",
        yesterday.isoformat(),
        str(new.translation_key),
    )


def test_what_is_not_in_force_yet_is_marked(client, draft, publish):
    later = publish(draft(valid_from=timezone.localdate() + datetime.timedelta(days=9)))
    assert item_of(client, later).json()["status"] == "coming"


def test_the_legal_basis_leads_to_a_public_page_only(client, draft, publish, index):
    secret = draft(title="未公布", slug="wei")
    laws = [
        {"type": "basis", "value": {"title": page.title, "article": "", "page": page.pk}} for page in (index, secret)
    ]
    guide = publish(draft(basis=laws, slug="yi"))
    index.refresh_from_db()
    assert [row["url"] for row in item_of(client, guide).json()["elements"]["basis"]] == [BASE + index.get_url(), None]


def test_nothing_changed_is_told_without_the_data(client, guide):
    first = item_of(client, guide)
    assert first["Access-Control-Allow-Origin"] == "*"
    address = f"/guides/data/{guide.translation_key}.json"
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert client.get(address, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304
    assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200
    assert client.get(address, headers={"If-Modified-Since": "Mon, 01 Jan 2024 00:00:00 GMT"}).status_code == 200


def test_only_reading_is_allowed(client, guide):
    assert client.post("/guides/data/").status_code == 405


def count_queries(client, address):
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_more_items_are_no_more_queries(client, draft, publish, guide):
    before = count_queries(client, "/guides/data/"), count_queries(client, f"/guides/data/{guide.translation_key}.json")
    for number in range(4):
        publish(draft(slug=f"a{number}"))
    after = count_queries(client, "/guides/data/"), count_queries(client, f"/guides/data/{guide.translation_key}.json")
    assert after == before
    assert max(after) <= 8


def test_the_page_leads_to_its_data(client, guide):
    link = f'<link rel="alternate" type="application/json" href="/guides/data/{guide.translation_key}.json"'
    assert link in client.get(guide.get_url()).content.decode()


def test_every_key_is_documented(client, guide):
    text = (Path(__file__).parents[2] / "docs" / "guides.md").read_text()
    documented = set(re.findall(r"`([a-z_]+)`", text))
    data = item_of(client, guide).json()
    keys = {
        *index_of(client)[0],
        *data,
        *data["elements"],
        *data["elements"]["materials"][0],
        *data["elements"]["steps"][0],
    }
    assert keys - documented == {"format"} - documented


def test_no_personal_number_is_in_it(client, guide):
    assert find(json.dumps(item_of(client, guide).json()["elements"], ensure_ascii=False)) == []
