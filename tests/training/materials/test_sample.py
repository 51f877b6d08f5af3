"""The sample township's materials, built as the sample is."""

import datetime

import pypdfium2
import pytest
from pypdfium2 import raw

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


def test_the_slides_are_read_on_a_telephone_of_320_pixels(db):
    township = Township("x", today=datetime.date(2026, 11, 20))
    sample.build(township)
    materials.build(township)
    document = pypdfium2.PdfDocument(MaterialPage.objects.get(kind="slides").file.file.path)
    # Beside the picture a telephone keeps a margin of 16 px on either side.
    shown = [
        raw.FPDFText_GetFontSize(text, place) / page.get_width() * (320 - 2 * 16)
        for page in document
        for text in [page.get_textpage()]
        for place in range(text.count_chars())
        if not text.get_text_range(place, 1).isspace()
    ]
    assert len(shown) > 300
    assert min(shown) > 13
