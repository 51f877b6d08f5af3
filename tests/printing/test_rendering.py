import io
import resource
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from importlib.metadata import version

import pytest
from django.conf import settings
from PIL import Image

from printing import Mark, fonts
from printing.domain import rendering
from printing.domain.rendering import PrintingUnavailable, render, render_pdf
from tests.printing.paper import code_is_drawn, gongwen, lines, pages, printed, text


@pytest.fixture
def new_engine():
    """What follows starts WeasyPrint's configuration afresh, and so does what comes after."""
    rendering._engine.cache_clear()
    yield
    rendering._engine.cache_clear()


def picture(name, size=(40, 30), mode="RGB"):
    place = settings.MEDIA_ROOT / name
    place.parent.mkdir(parents=True, exist_ok=True)
    Image.new(mode, size, "red" if mode == "RGB" else 1).save(place)


def test_the_justification_was_tried_with_the_installed_weasyprint():
    justification = pytest.importorskip("printing.domain.setting.justification", exc_type=OSError)
    assert version("weasyprint") == justification.TRIED


def test_without_a_library_the_refusal_names_the_package(new_engine, monkeypatch):
    monkeypatch.setitem(fonts.LIBRARIES, "libpango-1.0-0", "libnowhere.so.7")
    with pytest.raises(PrintingUnavailable, match=r"libpango-1\.0-0"):
        render_pdf(gongwen())


@pytest.mark.pdf
def test_without_fonts_the_refusal_names_the_files_and_the_command(new_engine, monkeypatch, tmp_path):
    monkeypatch.setenv("BIANMIN_FONTS", str(tmp_path))
    monkeypatch.setattr(fonts, "SYSTEM_FOLDERS", ())
    monkeypatch.setattr(
        fonts, "FONTS", [fonts.Font(font.file, font.package, "nowhere", font.family) for font in fonts.FONTS]
    )
    with pytest.raises(PrintingUnavailable) as refusal:
        render_pdf(gongwen())
    message = refusal.value.messages[0]
    assert "FandolFang-Regular.otf" in message
    assert "python3 site/printing/fonts.py install" in message


@pytest.mark.pdf
def test_a_character_that_no_font_has_is_named_and_nothing_is_printed():
    with pytest.raises(PrintingUnavailable, match=r"\U00030EDE \(U\+30EDE\)"):
        printed(body_html="<p>吃一碗𰻞𰻞面。</p>")


@pytest.mark.pdf
def test_rare_characters_of_names_are_printed():
    assert "䶮㛃堃赟旻" in text(printed(body_html="<p>䶮㛃堃赟旻</p>"))


@pytest.mark.pdf
def test_invisible_break_marks_do_not_reach_the_text_of_the_pdf():
    whole = text(printed(body_html="<p>坚持“群众第一”的要求，拨打0575-86012345，见石政发〔2026〕17号。</p>"))
    assert "坚持“群众第一”的要求，拨打0575-86012345，见石政发〔2026〕17号。" in whole


@pytest.mark.pdf
def test_a_picture_of_the_site_is_printed():
    picture("images/road.png")
    pdf = printed(body_html='<p><img src="/media/images/road.png" alt="路面"></p>')
    assert len(pages(pdf)[0].images) == 1


@pytest.mark.pdf
@pytest.mark.parametrize(
    "address",
    [
        "/media/images/../../secret-key",
        "file:///etc/hostname",
        "/media/documents/private.png",
        "http://127.0.0.1:9/a.png",
    ],
)
def test_nothing_else_is_fetched_and_the_pictures_words_stand_in(address):
    picture("documents/private.png")
    pdf = printed(body_html=f'<p><img src="{address}" alt="缺少的图片"></p>')
    assert [page.images for page in pages(pdf)] == [[]]
    assert "缺少的图片" in text(pdf)


@pytest.mark.pdf
@pytest.mark.parametrize("kept", [0.0, 0.5])
@pytest.mark.parametrize("ending", ["png", "jpg"])
def test_a_damaged_picture_does_not_stop_the_page_and_is_named(ending, kept):
    picture(f"images/whole.{ending}", (400, 300))
    content = (settings.MEDIA_ROOT / "images" / f"whole.{ending}").read_bytes()
    (settings.MEDIA_ROOT / "images" / f"broken.{ending}").write_bytes(content[: int(len(content) * kept)] or b"none")
    done = render(gongwen(body_html=f'<p><img src="/media/images/broken.{ending}" alt="坏图"></p>'))
    assert "坏图" in text(done.content)
    assert done.warnings == (f"图片 images/broken.{ending} 已损坏，请重新上传",)


@pytest.mark.pdf
def test_a_missing_picture_is_named_once():
    done = render(gongwen(body_html='<p><img src="/media/images/no.png" alt="甲"><img src="/media/images/no.png"></p>'))
    assert done.warnings == ("图片 images/no.png 不见了，请重新上传",)


@pytest.mark.pdf
def test_a_photo_of_20000_points_is_printed_no_larger_than_paper_shows():
    picture("images/wide.jpg", (20_000, 2_000))
    done = render(gongwen(body_html='<p><img src="/media/images/wide.jpg" alt="全景"></p>'))
    assert done.warnings == ()
    assert [image["srcsize"] for image in pages(done.content)[0].images] == [(2400, 240)]
    assert len(done.content) < 200_000


@pytest.mark.pdf
def test_a_drawing_too_large_to_be_unpacked_is_named_without_unpacking_it():
    picture("images/map.png", (20_000, 20_000), "1")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    done = render(gongwen(body_html='<p><img src="/media/images/map.png" alt="村庄规划图"></p>'))
    assert done.warnings == ("图片 images/map.png 太大，请换一张小一些的上传",)
    assert "村庄规划图" in text(done.content)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


@pytest.mark.pdf
def test_the_side_that_a_camera_says_is_up_stays_up_when_a_photo_is_made_smaller():
    sideways = Image.Exif()
    sideways[0x0112] = 6  # to be turned by a quarter
    place = settings.MEDIA_ROOT / "images" / "turned.jpg"
    Image.new("RGB", (6_000, 3_000), "red").save(place, exif=sideways)
    from printing.domain.setting.pictures import fit

    content, _kind = fit("images/turned.jpg", place.read_bytes())
    smaller = Image.open(io.BytesIO(content))
    assert (smaller.size, smaller.getexif()[0x0112]) == ((2400, 1200), 6)


@pytest.mark.pdf
def test_the_small_print_tells_version_day_and_address_and_draws_the_code():
    pdf = render_pdf(gongwen(), Mark(3, date(2026, 11, 20), "https://example.cn/n/17/"))
    small = "".join(one["text"] for one in pages(pdf)[0].chars if one["size"] == pytest.approx(7.5))
    assert "2026年11月20日第3版" in small
    assert "打印日期：" in small
    assert "https://example.cn/n/17/" in small
    assert code_is_drawn(pdf, "https://example.cn/n/17/")
    assert not code_is_drawn(pdf, "https://example.cn/n/18/")


@pytest.mark.pdf
def test_the_same_sheet_gives_the_same_bytes():
    assert printed(status="现行有效") == printed(status="现行有效")


@pytest.mark.pdf
def test_bold_text_is_set_in_hei_not_smeared():
    found = lines(printed(body_html="<p><b>重点说明</b></p>"))
    assert next(line.font for line in found if line.text == "重点说明") == "FandolHei"


@pytest.mark.pdf
def test_markup_in_a_title_or_name_is_text():
    whole = text(printed(title="关于<b>甲</b>的通知", signatory="<i>乙</i>"))
    assert "关于<b>甲</b>的通知" in whole
    assert "<i>乙</i>" in whole


@pytest.mark.pdf
def test_the_standing_of_a_document_is_in_the_small_print_and_a_draft_says_so():
    assert "现行有效打印日期" in text(printed(status="现行有效")).replace("　", "")
    assert "草稿，未发布打印日期" in text(render_pdf(gongwen(draft=True), None)).replace("　", "")


@pytest.mark.pdf
def test_two_threads_print_at_once_without_mixing_their_text():
    sheets = {name: gongwen(title=f"关于{name}的通知") for name in ("修路", "饮水", "防汛", "低保")}
    with ThreadPoolExecutor(4) as pool:
        printed_at_once = dict(zip(sheets, pool.map(render_pdf, sheets.values()), strict=True))
    for name, pdf in printed_at_once.items():
        assert text(pdf).count(f"关于{name}的通知") == 1


def test_a_folder_of_fonts_that_cannot_be_written_is_named(new_engine, monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("BIANMIN_FONTS", str(tmp_path / "file"))
    monkeypatch.setattr(fonts, "LIBRARIES", {})
    with pytest.raises(PrintingUnavailable, match="无法写入"):
        render_pdf(gongwen())


@pytest.mark.pdf
def test_a_rare_character_beside_bold_type_is_no_thin_one():
    found = lines(printed(body_html="<h2>一、堃</h2>"))
    fonts_used = {one["fontname"].split("+")[1] for line in found if line.text == "一、堃" for one in line.characters}
    assert fonts_used == {"FandolHei", "WenQuanYi-Micro-Hei"}
