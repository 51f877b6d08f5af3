"""The sample township's materials, built as the sample is."""

import datetime

import pytest

from demo.township import Township
from organisation import sample
from training.models import MaterialPage
from training.sample import materials

pytestmark = pytest.mark.pdf


def test_the_sample_shows_text_slides_of_two_versions_and_pictures(db):
    township = Township("x", today=datetime.date(2026, 11, 20))
    sample.build(township)
    materials.build(township)
    assert {
        page.title: [(row.number, row.sheets, row.matters) for row in page.versions.all()]
        for page in MaterialPage.objects.live()
    } == {
        "会议记录怎么写": [(1, 0, True)],
        "干粉灭火器：看一看、拔一拔、对着根部喷": [(1, 0, True)],
        "垃圾分类：四个桶各放什么": [(1, 4, True)],
        "汛期值班与群众转移": [(1, 5, True), (2, 6, True)],
    }
