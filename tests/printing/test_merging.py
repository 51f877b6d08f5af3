"""Several PDF files in one: looks, tags, links and bookmarks stay as they were in each."""

import io

import pdfplumber
import pypdfium2
import pytest
from pypdf import PdfReader
from pypdf.errors import PdfReadError

from printing.domain.packs.merging import Part, merge
from tests.printing.paper import printed

pytestmark = pytest.mark.pdf
PLACE = '<h2>一、条件</h2><p>见<a href="#place">第二节</a>和<a href="https://a.example/">网址</a>。</p>'


@pytest.fixture
def parts(tmp_path):
    """Two files with a place of the same name, on the second page of each, and a short one."""
    found = []
    for name in ("甲", "乙"):
        body = f'{PLACE}{"<p>说明文字。</p>" * 22}<h2 id="place">二、{name}的材料</h2><p>材料。</p>'
        found.append(Part(tmp_path / f"{name}.pdf", f"{name}的通知"))
        found[-1].file.write_bytes(printed(title=f"{name}的通知", body_html=body))
    found.append(Part(tmp_path / "短.pdf", "短"))
    found[-1].file.write_bytes(printed(title="短"))
    return found


@pytest.fixture
def whole(parts, tmp_path):
    assert merge(parts, tmp_path / "whole.pdf", "全部 <&>") == 5
    return tmp_path / "whole.pdf"


def pages_of(parts):
    return [(part.file, place) for part in parts for place in range(len(PdfReader(part.file).pages))]


def test_every_page_looks_as_it_did(parts, whole):
    together = pypdfium2.PdfDocument(whole)
    for number, (file, place) in enumerate(pages_of(parts)):
        alone = pypdfium2.PdfDocument(file)[place].render().to_pil()
        assert len(alone.convert("L").getcolors()) > 1
        assert together[number].render().to_pil() == alone


def without_page_numbers(node):
    if isinstance(node, list):
        return [without_page_numbers(one) for one in node]
    return {key: without_page_numbers(value) for key, value in node.items() if key == "children"} | {
        key: value for key, value in node.items() if key not in {"children", "page_number"}
    }


def test_every_page_keeps_the_tags_that_screen_readers_use(parts, whole):
    with pdfplumber.open(whole) as together:
        for number, (file, place) in enumerate(pages_of(parts)):
            with pdfplumber.open(file) as alone:
                tags = without_page_numbers(alone.pages[place].structure_tree)
            assert "mcids" in str(tags)
            assert without_page_numbers(together.pages[number].structure_tree) == tags


def parents(reader):
    """What the list of tags says for each page and each link, as the kinds of the tags."""
    numbers = reader.root_object["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    listed = {numbers[place]: numbers[place + 1].get_object() for place in range(0, len(numbers), 2)}
    assert list(listed) == sorted(listed)
    found = []
    for page in reader.pages:
        found.append([one.get_object()["/S"] for one in listed[page["/StructParents"]]])
        found += [listed[link.get_object()["/StructParent"]]["/S"] for link in page.get("/Annots", [])]
    return found


def test_the_way_back_from_a_page_to_its_tags_is_kept(parts, whole):
    alone = [kinds for part in parts for kinds in parents(PdfReader(part.file))]
    assert "/Link" in alone
    assert parents(PdfReader(whole)) == alone


def test_a_link_leads_to_its_own_part_where_both_name_a_place_alike(whole):
    reader = PdfReader(whole, strict=True)
    places = reader.named_destinations
    led = [
        reader.get_destination_page_number(places[link.get_object()["/Dest"]])
        for page in reader.pages
        for link in page.get("/Annots", [])
        if "/Dest" in link.get_object()
    ]
    assert led == [1, 3]
    outside = [link.get_object().get("/A", {}).get("/URI") for page in reader.pages for link in page.get("/Annots", [])]
    assert outside.count("https://a.example/") == 2


def test_bookmarks_name_the_papers_and_below_them_their_headings(whole):
    reader = PdfReader(whole)

    def told(marks):
        return [
            told(one) if isinstance(one, list) else (one.title, reader.get_destination_page_number(one))
            for one in marks
        ]

    top = [one for one in told(reader.outline) if isinstance(one, tuple)]
    assert top == [("甲的通知", 0), ("乙的通知", 2), ("短", 4)]
    assert ("二、乙的材料", 3) in str_free(told(reader.outline))


def str_free(marks):
    """Nested bookmarks in one list."""
    return [inner for one in marks for inner in (str_free(one) if isinstance(one, list) else [one])]


def test_title_language_and_tags_are_declared(whole):
    reader = PdfReader(whole)
    root = reader.root_object
    assert (reader.metadata.title, root["/Lang"], root["/MarkInfo"]["/Marked"].value) == ("全部 <&>", "zh-CN", True)
    metadata = root["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert "全部 &lt;&amp;&gt;" in metadata


def test_a_part_without_tags_takes_the_claim_away(parts, tmp_path):
    plain = pypdfium2.PdfDocument.new()
    plain.new_page(100, 100)
    plain.save(tmp_path / "plain.pdf")
    merge([parts[2], Part(tmp_path / "plain.pdf", "无标签")], tmp_path / "whole.pdf", "全部")
    root = PdfReader(tmp_path / "whole.pdf").root_object
    assert root["/MarkInfo"]["/Marked"].value is False
    assert b"pdfuaid:part" not in root["/Metadata"].get_data()


def test_copies_share_what_is_on_the_page(parts, tmp_path):
    sizes = []
    for copies in (1, 10):
        merge([Part(parts[0].file, "甲", copies)], tmp_path / "whole.pdf", "全部")
        sizes.append((tmp_path / "whole.pdf").stat().st_size)
    assert len(PdfReader(tmp_path / "whole.pdf").pages) == 20
    assert sizes[1] < sizes[0] * 1.2


def test_an_empty_page_is_as_large_as_the_one_before(parts, tmp_path):
    assert merge([parts[2], parts[0]], tmp_path / "whole.pdf", "全部", both_sides=True) == 4
    boxes = [list(page.mediabox) for page in PdfReader(tmp_path / "whole.pdf").pages]
    assert boxes[1] == boxes[0]


def test_a_file_that_is_no_pdf_is_refused(tmp_path):
    (tmp_path / "x.pdf").write_bytes(b"no")
    with pytest.raises(PdfReadError):
        merge([Part(tmp_path / "x.pdf", "坏")], tmp_path / "whole.pdf", "全部")


def test_what_is_written_reads_without_a_complaint(whole, caplog):
    reader = PdfReader(io.BytesIO(whole.read_bytes()), strict=True)
    assert [bool(page.extract_text()) for page in reader.pages] == [True] * 5
    assert caplog.records == []
