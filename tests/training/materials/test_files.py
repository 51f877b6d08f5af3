"""Files of materials: what is taken, what is refused and why, how sheets are drawn behind the scenes."""

import io
from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from PIL import Image

from suite.background.domain.lifecycle import revive, silent, work_on
from tests.search.attachments import files as made_files
from tests.training.conftest import account
from tests.training.materials.made import kept_photo, kept_slides, photo, slides, uploaded
from training.domain.materials import files
from training.enums import FileState
from training.models import MaterialFile, Sheet
from training.storage import training_folder


@pytest.fixture
def editor(db):
    return account("editor", "editor")


def on_disk():
    return sorted(path.name for path in training_folder().rglob("*") if path.is_file())


def refusal(name, content, pictures=False):
    with pytest.raises(ValidationError) as error:
        files.looked_at(uploaded(name, content), pictures)
    return error.value.messages


# What is drawn


def test_each_page_becomes_a_sheet_with_its_words(editor):
    record = kept_slides(editor, "防汛值班", "转移路线")
    assert (record.state, record.done, record.total, record.message) == (FileState.READY, 2, 2, "")
    assert [(row.number, row.text, row.width) for row in record.sheets.all()] == [
        (1, "防汛值班", 1280),
        (2, "转移路线", 1280),
    ]
    picture = Image.open(record.sheets.get(number=1).picture)
    assert (picture.format, picture.size) == ("WEBP", (1280, 1812))
    assert picture.getextrema() != ((255, 255), (255, 255), (255, 255))


def test_a_picture_is_one_sheet_made_smaller_and_without_what_the_telephone_wrote(editor):
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "phone"
    record = kept_photo(editor, size=(4000, 3000), exif=exif)
    sheet = record.sheets.get()
    # Turned upright, as the telephone says it was held.
    assert (sheet.width, sheet.height) == (1280, 1707)
    kept = Image.open(sheet.picture)
    assert (kept.size, len(kept.getexif())) == ((sheet.width, sheet.height), 0)


def test_a_clear_picture_stands_on_white(editor):
    out = io.BytesIO()
    Image.new("RGBA", (60, 40), (0, 0, 0, 0)).save(out, "PNG")
    record = files.keep(uploaded("图.png", out.getvalue()), editor, pictures=True)
    assert Image.open(Sheet.objects.get(file=record).picture).getpixel((5, 5)) == (255, 255, 255)


def test_the_same_file_is_kept_once(editor):
    first = kept_slides(editor)
    assert kept_slides(editor) == first
    assert kept_slides(editor, name="别的名字.pdf") != first


def test_a_file_of_a_transaction_that_is_rolled_back_leaves_nothing(editor):
    with transaction.atomic():
        kept_slides(editor)
        transaction.set_rollback(True)
    assert (MaterialFile.objects.count(), on_disk()) == (0, [])


def test_it_is_gone_on_with_where_a_worker_died(editor, queued, monkeypatch):
    record = files.keep(slides("一", "二", "三"), editor)
    monkeypatch.setattr(files, "ORDER", {**files.ORDER, "enough": 0.0})
    calls = []
    real = files.drawn

    def dies(*args):
        if len(calls) == 1:
            raise KeyboardInterrupt
        calls.append(args)
        return real(*args)

    monkeypatch.setattr(files, "drawn", dies)
    with pytest.raises(KeyboardInterrupt):
        work_on(*queued[0])
    record.refresh_from_db()
    assert (record.state, record.done, record.running) == (FileState.DRAWING, 1, True)
    monkeypatch.setattr(files, "drawn", real)
    from datetime import timedelta

    from django.utils import timezone

    from suite.background.domain.lifecycle import job_of

    later = timezone.now() + timedelta(minutes=2)
    assert silent(MaterialFile, later).get() == record
    revive(job_of(MaterialFile), record.pk, later)
    work_on(*queued[1])
    record.refresh_from_db()
    assert (record.state, [row.text for row in record.sheets.all()]) == (FileState.READY, ["一", "二", "三"])


def test_a_file_that_was_refused_is_tried_anew_when_it_is_uploaded_again(editor, queued):
    from suite.background.domain.lifecycle import take
    from training.domain.lifecycle import materials as lifecycle

    refused = files.keep(slides("一"), editor)
    lifecycle.refuse(take(*queued[0]), "画不出来。")
    again = files.keep(slides("一"), editor)
    assert (again != refused, again.state, len(queued)) == (True, FileState.DRAWING, 2)


def test_who_lost_the_turn_to_another_worker_draws_nothing(editor, queued, tmp_path):
    from suite.background.domain.lifecycle import take
    from suite.background.domain.turn import TurnIsOver
    from training.domain.lifecycle import materials as lifecycle

    files.keep(slides("一"), editor)
    record = take(*queued[0])
    MaterialFile.objects.update(turn=record.turn + 1)
    (tmp_path / "1.webp").write_bytes(b"x")
    row = {"number": 1, "width": 9, "height": 9, "text": ""}
    with pytest.raises(TurnIsOver):
        lifecycle.add_sheet(record, row, tmp_path / "1.webp")
    assert not Sheet.objects.exists()


# What is refused, beside the field


@pytest.mark.parametrize("ending", ["pptx", "ppt", "docx", "dps", "wps"])
def test_an_office_file_is_told_to_be_saved_as_pdf(ending):
    assert refusal(f"课件.{ending}", b"PK\x03\x04") == [
        f"“课件.{ending}”是办公软件的文件，在手机上会走样或者打不开：请在软件里另存为PDF（文件—另存为—PDF），再上传。"
    ]


def test_a_file_of_another_kind_is_refused():
    assert refusal("课件.exe", b"MZ") == ["“课件.exe”不是PDF：请把课件或文稿另存为PDF，再上传。"]
    assert refusal("照片.gif", b"GIF89a", pictures=True) == ["“照片.gif”不是这里能用的图片：请上传JPG、PNG或WEBP图片。"]


@pytest.mark.parametrize("content", [made_files.zip_bomb(1000), made_files.ole(encrypted=False)])
def test_a_renamed_office_file_is_found_out(content):
    assert refusal("课件.pdf", content) == [
        "“课件.pdf”只是改了文件名，里面仍是办公软件的文件：请用办公软件打开，另存为PDF，再上传。"
    ]


@pytest.mark.parametrize("content", [b"", b"hello", b"%PDF-1.7\n", made_files.pdf(["一"])[:400], made_files.png()])
def test_what_is_no_pdf_inside_is_refused(content):
    assert refusal("课件.pdf", content) == ["“课件.pdf”已损坏，或者内容与文件名不符：请打开后重新保存，再上传。"]


def test_a_pdf_with_a_password_is_refused():
    locked = made_files.locked_pdf(made_files.pdf(["一"]), "secret")
    assert refusal("课件.pdf", locked) == ["“课件.pdf”有密码保护：请另存为不带密码的文件再上传。"]


def test_a_pdf_of_five_thousand_pages_is_refused():
    assert refusal("全书.pdf", made_files.pdf([""] * 5000)) == ["“全书.pdf”超过300页：请拆成几份资料。"]


def test_a_file_that_is_too_large_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(files, "MOST_BYTES", 1000)
    monkeypatch.setattr(files, "MB", 1000)
    assert refusal("课件.pdf", b"%PDF-" + b"x" * 2000) == ["“课件.pdf”超过1 MB：请压缩其中的图片后另存，或者拆成几份。"]


@pytest.mark.parametrize("size", [(30_000, 30_000), (9_000, 9_000), (100, 500)])
def test_a_picture_of_too_many_pixels_and_a_strip_are_refused(size):
    out = io.BytesIO()
    Image.new("1", size).save(out, "PNG")
    assert refusal("图.png", out.getvalue(), pictures=True) == [
        "“图.png”的页面或图片太大，无法显示：请缩小页面或图片后另存，再上传。"
    ]


def test_a_picture_that_is_none_is_refused():
    assert refusal("图.jpg", b"\xff\xd8\xff", pictures=True) == [
        "“图.jpg”已损坏，或者内容与文件名不符：请打开后重新保存，再上传。"
    ]


# What shows only when it is drawn


def test_a_bomb_ends_as_refused_and_says_what_to_do(editor, monkeypatch):
    monkeypatch.setattr(files, "PROCESS", replace(files.PROCESS, cpu=1))
    bomb = made_files.bursting_pdf(150 << 20)
    record = files.kept(uploaded("课件.pdf", bomb), "课件.pdf", "0" * 64, editor)
    record.refresh_from_db()
    assert (record.state, record.message) == (
        FileState.REFUSED,
        "“课件.pdf”的页面过于复杂，生成太慢：请简化页面后另存，再上传。",
    )


def test_a_page_ten_metres_long_is_refused(editor):
    content = made_files.pdf(["长"]).replace(b"595 842", b"59  9999")
    record = files.kept(uploaded("长.pdf", content), "长.pdf", "1" * 64, editor)
    record.refresh_from_db()
    assert (record.state, record.message) == (
        FileState.REFUSED,
        "“长.pdf”的页面或图片太大，无法显示：请缩小页面或图片后另存，再上传。",
    )


def test_a_name_from_outside_becomes_harmless(editor):
    record = files.keep(uploaded("..\\..\\a\u202efdp.pdf", slides().read()), editor)
    assert (record.name, record.file.name) == ("a fdp.pdf", f"files/{record.sha256[:32]}.pdf")


def test_photos_keep_their_own_colour(editor):
    red, green, blue = Image.open(Sheet.objects.get(file=kept_photo(editor, "red")).picture).getpixel((9, 9))
    assert red > 200
    assert max(green, blue) < 50
    assert photo("red").name == "red.jpeg"
