"""The print room: a form, a paper, nothing stored, nothing lost."""

import io

import docx
import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from printing.permissions import ROLES
from printing.room_forms import FORMS, slip_field
from suite.hooks import collect
from suite.roles.domain import group
from tests.contract.screens import english
from tests.printing.paper import text

pytestmark = pytest.mark.django_db
DOCUMENT = {
    "title": "关于开展效能督查的通知",
    "number": "石政发〔2026〕17号",
    "recipients": "各村、镇直各单位",
    "text": "为改进作风，现通知如下。\n一、督查内容\n（一）在岗情况\n\n请认真落实。",
    "attachments": "督查表",
    "signatory": "石桥镇人民政府",
    "date": "2026-11-21",
}
NOTICE = {"title": "责令说明情况通知书", "recipient": "王建国", "text": "请说明情况。", "receipt": "on"}
TABLE = {"title": "值班表", "table": "日期\t姓名\n11月21日\t王建国\n11月22日\t李敏"}
SLIP = {"title": "回执", "fields_text": "姓名|所在村\n是否参加：参加/不参加\n意见（2行）", "return_to": "镇党政办"}
PAPERS = {"document": DOCUMENT, "served-notice": NOTICE, "table": TABLE, "reply-slip": SLIP}


@pytest.fixture
def clerk(client):
    user = get_user_model().objects.create_user("王干部", password="x")
    user.groups.add(group("cadre"))
    client.force_login(user)
    return client


def screen(response):
    return BeautifulSoup(response.content, "html.parser")


def xlsx(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    output = io.BytesIO()
    book.save(output)
    return SimpleUploadedFile("表.xlsx", output.getvalue())


def test_the_room_lists_every_kind_of_paper(clerk):
    page = screen(clerk.get("/print/room/"))
    links = [link["href"] for link in page.select("ul.entries a")]
    assert links == [f"/print/room/{key}/" for key in FORMS]


@pytest.mark.parametrize("address", ["/print/room/", *(f"/print/room/{key}/" for key in FORMS)])
def test_the_screens_are_chinese_and_every_field_has_its_label(clerk, address):
    response = clerk.get(address)
    assert english(response.content.decode(), ["王干部"]) == []
    page = screen(response)
    fields = page.select("form.room-form input:not([type=hidden]), form.room-form textarea, form.room-form select")
    assert [field["id"] for field in fields if not page.select(f"label[for={field['id']}]")] == []


@pytest.mark.parametrize(("key", "filled"), [("document", DOCUMENT), ("served-notice", NOTICE)])
def test_documents_and_served_notices_can_be_had_for_word(clerk, key, filled):
    response = clerk.post(f"/print/room/{key}/", {**filled, "as": "docx"})
    assert response["Content-Disposition"].startswith("attachment; ")
    assert docx.Document(io.BytesIO(response.content)).core_properties.title == filled["title"]


@pytest.mark.pdf
def test_what_is_no_document_comes_as_pdf_only(clerk):
    assert screen(clerk.get("/print/room/table/")).select("button[value=docx]") == []
    response = clerk.post("/print/room/table/", {**TABLE, "as": "docx"})
    assert response["Content-Type"] == "application/pdf"


@pytest.mark.parametrize(
    ("role", "status"), [("cadre", 200), ("editor", 200), ("efficiency_office", 200), ("audit_admin", 403)]
)
def test_it_is_open_to_those_who_write_papers(client, role, status):
    user = get_user_model().objects.create_user("某人", password="x")
    user.groups.add(group(role))
    client.force_login(user)
    assert {client.get("/print/room/").status_code, client.get("/print/room/table/").status_code} == {status}
    rows = {row.url_name: row.allowed(user) for row in collect("permission_rows") if "printing:room" in row.url_name}
    assert rows == {"printing:room": status == 200, "printing:room_paper": status == 200}
    assert (role in ROLES) == (status == 200)


def test_without_an_account_one_is_asked_to_log_in(client):
    assert client.get("/print/room/table/").status_code == 302


def test_the_desk_leads_to_it(clerk):
    assert [link.get_text() for link in screen(clerk.get("/desk/")).select('a[href="/print/room/"]')] == ["打印室"]


def test_a_kind_that_is_not_there_is_not_found(clerk):
    assert clerk.get("/print/room/seal/").status_code == 404


@pytest.mark.pdf
@pytest.mark.parametrize("key", PAPERS)
def test_a_filled_form_is_a_pdf_to_look_at_or_to_save_and_has_no_version(clerk, key):
    shown = clerk.post(f"/print/room/{key}/", PAPERS[key])
    assert (shown.status_code, shown["Content-Type"]) == (200, "application/pdf")
    assert shown["Content-Disposition"].startswith("inline; ")
    saved = clerk.post(f"/print/room/{key}/", {**PAPERS[key], "as": "download"})
    assert saved["Content-Disposition"].startswith("attachment; ")
    words = text(shown.content)
    assert PAPERS[key]["title"] in words
    assert "打印日期" in words
    assert "版本" not in words


@pytest.mark.pdf
def test_typed_headings_and_attachments_are_set_as_in_an_official_document(clerk):
    words = text(clerk.post("/print/room/document/", DOCUMENT).content)
    assert words.startswith("石桥镇人民政府文件石政发〔2026〕17号关于开展效能督查的通知各村、镇直各单位：为改进作风")
    assert "附件：督查表石桥镇人民政府2026年11月21日" in words


@pytest.mark.pdf
def test_a_table_comes_out_of_a_file_and_its_last_row_is_the_total(clerk):
    file = xlsx(["项目", "金额"], ["修路", 1200], ["路灯", 800], ["合计", 2000])
    response = clerk.post("/print/room/table/", {"title": "支出表", "file": file, "total": "on", "paper": "a4 across"})
    assert "项目金额修路1200路灯800合计2000" in text(response.content)


@pytest.mark.parametrize("key", PAPERS)
def test_after_an_error_everything_typed_is_still_there_and_the_error_stands_at_its_field(clerk, key):
    response = clerk.post(f"/print/room/{key}/", {**PAPERS[key], "title": ""})
    assert response.status_code == 422
    page = screen(response)
    for name, value in PAPERS[key].items():
        field = page.find(attrs={"name": name})
        if name != "title" and field.get("type") != "checkbox":
            assert (field.get("value") or field.get_text().removeprefix("\n").replace("\r\n", "\n")) == value
    assert page.select_one("#id_title")["aria-invalid"] == "true"
    assert page.select_one("#id_title_error li").get_text() == "此项必填。"
    assert [link["href"] for link in page.select(".message-error a")] == ["#id_title"]
    assert english(response.content.decode(), ["王干部"]) == []


def test_what_was_read_out_of_a_file_is_kept_too(clerk):
    response = clerk.post("/print/room/table/", {"title": "", "file": xlsx(["项目", "金额"], ["修路", 1200])})
    assert screen(response).select_one("#id_table").get_text().strip() == "项目\t金额\n修路\t1200"


@pytest.mark.parametrize(
    ("key", "changes", "message"),
    [
        ("table", {"table": ""}, "请粘贴表格，或选择文件。"),
        ("table", {"table": "甲\t乙"}, "表格只有表头，没有内容。"),
        ("table", {"table": "甲\n一\t二"}, "第1行有2格，表头只有1列。"),
        ("table", {"table": "\t".join(["联系电话"] * 40) + "\n" + "\t".join(["0575-86012345"] * 40)}, "40列放不进"),
        ("table", {"table": "甲\n" + "一\n" * 2100}, "表格有2100行"),
        ("reply-slip", {"fields_text": "甲\n" * 9, "per_page": "3"}, "一页放不下3份回执"),
        ("document", {"title": "长" * 201}, "200"),
        ("document", {"date": "2026-13-40"}, "日期"),
    ],
)
def test_what_cannot_be_printed_is_said_with_what_to_do(clerk, key, changes, message):
    response = clerk.post(f"/print/room/{key}/", {**PAPERS[key], **changes})
    assert response.status_code == 422
    assert message in screen(response).select_one(".message-error").get_text()


def test_a_file_that_is_no_spreadsheet_is_refused_beside_its_field(clerk):
    for name in ("表.xlsx", "表.xls"):
        response = clerk.post("/print/room/table/", {"title": "表", "file": SimpleUploadedFile(name, b"nothing")})
        assert response.status_code == 422
        assert screen(response).select_one("#id_file_error li") is not None


@pytest.mark.pdf
def test_control_characters_and_markup_are_text(clerk):
    typed = {**NOTICE, "text": "第一\x0b段<b>不是粗体</b>\x1f", "served_by": "李\x07强", "basis": "<i>办法</i>"}
    words = text(clerk.post("/print/room/served-notice/", typed).content)
    assert "第一段<b>不是粗体</b>依据：<i>办法</i>。" in words
    assert "李强" in words


@pytest.mark.pdf
def test_a_character_that_no_font_has_is_named_and_nothing_is_lost(clerk):
    response = clerk.post("/print/room/served-notice/", {**NOTICE, "text": "请说明\U0001fae0。"})
    assert response.status_code == 422
    assert "1FAE0" in screen(response).select_one(".message-error").get_text()


@pytest.mark.pdf
def test_seat_cards_and_door_plates_are_made_of_a_few_words(clerk):
    cards = clerk.post("/print/room/seat-card/", {"names": "王建国|柳岸村\n\n李敏\x0b", "per_sheet": "2"})
    assert [text(cards.content).count(name) for name in ("王建国", "柳岸村", "李　敏")] == [2, 2, 2]
    plate = clerk.post("/print/room/door-plate/", {"unit": "党政办公室", "place": "二楼205室"})
    assert ["党政办公室" in text(plate.content), "二楼205室" in text(plate.content)] == [True, True]


def test_hundreds_of_seat_cards_at_once_are_refused_and_kept(clerk):
    names = "\n".join(["王建国"] * 201)
    response = clerk.post("/print/room/seat-card/", {"names": names, "per_sheet": "1"})
    assert response.status_code == 422
    assert "一次最多打印200张" in screen(response).select_one(".message-error").get_text()
    assert screen(response).select_one("#id_names").get_text().count("王建国") == 201


def test_fields_of_a_slip_are_read_as_they_are_typed():
    assert [
        (field.label, field.choices, field.lines)
        for field in map(slip_field, ["姓名", "是否参加：参加/不参加", "参加:是／否", "意见（4行）", "意见（0行）"])
    ] == [
        ("姓名", (), 1),
        ("是否参加", ("参加", "不参加"), 1),
        ("参加", ("是", "否"), 1),
        ("意见", (), 4),
        ("意见", (), 1),
    ]
