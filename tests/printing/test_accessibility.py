"""PDF/UA-1 (ISO 14289-1), as far as a program can judge it: what a screen reader needs to read a paper aloud."""

import io
from collections.abc import Iterator
from datetime import date
from typing import Any

import pypdf
import pytest
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject

from printing import Mark
from printing.domain.rendering import render_pdf
from tests.printing.paper import gongwen

pytestmark = pytest.mark.pdf

BODY = (
    "<h2>一、时间</h2><p>各村请<a href='https://example.cn/'>报名</a>。</p><h3>（一）名单</h3><ul><li>甲</li><li>乙</li></ul>"
    "<table><thead><tr><th>村名</th><th>人数</th></tr></thead><tbody><tr><td>柳岸村</td><td>3</td></tr></tbody></table>"
    "<p><img alt='村口的路' src='data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'></p>"
)
SHOWS_TEXT = (b"Tj", b"TJ", b"'", b'"')


@pytest.fixture(scope="module")
def reader() -> pypdf.PdfReader:
    sheet = gongwen(
        body_html=BODY, number="石政发〔2026〕17号", copies="县府办", printed_by="党政办", printed_on=date(2026, 11, 22)
    )
    pdf = render_pdf(sheet, Mark(2, date(2026, 11, 20), "https://example.cn/z/abcd2345"))
    return pypdf.PdfReader(io.BytesIO(pdf))


def elements(node: Any) -> Iterator[DictionaryObject]:
    """Every structure element under a node, parents first."""
    node = node.get_object()
    if isinstance(node, ArrayObject):
        for one in node:
            yield from elements(one)
    elif isinstance(node, DictionaryObject) and node.get("/Type") != "/MCR":
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from elements(node["/K"])


@pytest.fixture(scope="module")
def tree(reader) -> list[DictionaryObject]:
    return list(elements(reader.trailer["/Root"]["/StructTreeRoot"]["/K"]))


def named(tree, name):
    return [one for one in tree if one["/S"] == name]


def test_it_says_what_it_is(reader):
    root = reader.trailer["/Root"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == pypdf.generic.BooleanObject(True)
    assert root["/Lang"] == "zh-CN"
    metadata = root["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata or 'pdfuaid:part="1"' in metadata


def test_all_text_is_in_the_order_of_reading_or_marked_as_decoration(reader):
    for page in reader.pages:
        open_marks: list[bool] = []
        for operands, operator in ContentStream(page["/Contents"], reader).operations:
            if operator in (b"BDC", b"BMC"):
                properties = operands[1] if len(operands) > 1 else {}
                open_marks.append(operands[0] == "/Artifact" or "/MCID" in properties)
            elif operator == b"EMC":
                open_marks.pop()
            elif operator in SHOWS_TEXT:
                assert any(open_marks), operands
        assert open_marks == []


def test_every_piece_of_content_has_its_place_in_the_tree(reader):
    held = {
        (page.indirect_reference.idnum, mark)
        for page in reader.pages
        for operands, operator in ContentStream(page["/Contents"], reader).operations
        if operator == b"BDC" and (mark := operands[1].get("/MCID")) is not None
    }
    # Structure parents of a page's marks, by number; the small print in the margins has its elements beside the tree.
    numbers = reader.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    parents = dict(zip(numbers[::2], numbers[1::2], strict=True))
    told = {
        (page.indirect_reference.idnum, mark)
        for place, page in enumerate(reader.pages)
        for mark in range(len(parents[place]))
    }
    assert held
    assert told == held


def test_pictures_are_described(tree):
    assert [one["/Alt"] for one in named(tree, "/Figure")] == ["村口的路"]


def test_headings_lists_and_tables_are_told_apart(tree):
    assert [len(named(tree, name)) for name in ("/H1", "/H2", "/H3", "/L", "/LI", "/Table", "/TR", "/TH", "/TD")] == [
        1, 1, 1, 1, 2, 1, 2, 2, 2,
    ]  # fmt: skip


def test_every_cell_of_a_table_knows_the_head_of_its_column(tree):
    heads = [cell["/ID"] for cell in named(tree, "/TH")]
    assert [list(cell["/A"]["/Headers"]) for cell in named(tree, "/TD")] == [[heads[0]], [heads[1]]]


def test_links_say_where_they_lead_and_are_reached_in_order(reader):
    links = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]
    assert [link["/A"]["/URI"] for link in links] == ["https://example.cn/"]
    assert all(link.get("/Contents") for link in links)
    assert all(page.get("/Tabs") == "/S" for page in reader.pages if "/Annots" in page)


def test_every_glyph_can_be_read_as_text(reader):
    for page in reader.pages:
        assert all("/ToUnicode" in font.get_object() for font in page["/Resources"]["/Font"].values())
