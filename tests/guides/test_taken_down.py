"""A guide that was taken down still tells those who come by its old address or its paper where to turn."""

import re
from html import unescape

import pytest
from django.urls import reverse
from wagtail.models import PageViewRestriction

from guides.domain.printables import guide_papers
from printing.domain.door import mark_of
from printing.domain.papers import living
from printing.domain.registry import find_printable
from printing.models import PaperVersion

pytestmark = pytest.mark.django_db


def words(response):
    main = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL).group()
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", main).split()))


def code_of(kind, key):
    """The code of a paper that is printed now."""
    printable, found = find_printable(kind, str(key))
    mark_of(living(printable, str(key), found))
    return PaperVersion.objects.latest("pk").code


@pytest.fixture
def gone(draft, publish):
    """A guide that was published and taken down, one that takes its place, and the code of its one-time notice."""
    after = publish(draft(title="社会救助一件事"))
    guide = publish(draft(title="高龄老人生活补贴", replaced_by=after))
    code = code_of("one-time-notice", guide.pk)
    guide.unpublish()
    guide.refresh_from_db()
    return guide, after, code


def test_its_address_says_so_and_points_on(client, gone, index):
    guide, after, _ = gone
    response = client.get(guide.url)
    assert response.status_code == 410
    assert re.search(r"<h1>(.*?)</h1>", response.content.decode()).group(1) == "高龄老人生活补贴"
    told = words(response)
    assert "已下架 这份指南已经停用。" in told
    assert "现在可以找这里 现行的 社会救助一件事 咨询 民政社保服务队 8812 0311 另外找 全部事项" in told
    assert re.findall(r'class="tap" href="([^"]+)"', response.content.decode()) == [after.url, f"{index.url}?all=1"]


def test_the_code_on_its_papers_points_to_the_same(client, gone):
    guide, _, code = gone
    told = words(client.get(f"/z/{code}"))
    assert "这份已下架" in told
    assert "现在可以找这里 现行的 社会救助一件事 咨询 民政社保服务队 8812 0311 另外找 全部事项" in told
    guide.delete()
    told = words(client.get(f"/z/{code}"))
    assert "现在可以找这里 另外找 全部事项" in told
    assert "民政社保服务队" not in told


def test_nothing_is_named_that_not_everybody_may_see(client, gone, index):
    guide, after, code = gone
    PageViewRestriction.objects.create(page=after, restriction_type=PageViewRestriction.LOGIN)
    for address in (guide.url, f"/z/{code}"):
        assert "社会救助一件事" not in words(client.get(address))
    PageViewRestriction.objects.create(page=index, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(guide.url).status_code == 302
    assert "全部事项" not in words(client.get(f"/z/{code}"))


def test_what_was_never_published_has_no_address(client, draft, publish):
    publish(draft(title="已发布的事"))
    secret = draft(title="还没发布的事")
    assert client.get(secret.url).status_code == 404


def test_its_papers_cannot_be_printed_any_more(client, gone):
    guide = gone[0]
    kinds = [one.kind for one in guide_papers() if one.kind != "guides-booklet"]
    addresses = [reverse("printing:document", args=[kind, guide.pk]) for kind in kinds]
    assert [client.get(address).status_code for address in addresses] == [404] * 4
