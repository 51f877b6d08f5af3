"""The list to sign and the certificate, as they are printed, and who may have them."""

import io

import pytest
from pypdf import PdfReader

from printing.domain.door import print_document
from tests.training.attendance import staging
from tests.training.attendance.staging import enrol, held
from training.domain.attendance.papers import CERTIFICATE, LIST, attendance_papers, certificate_sheet, list_sheet
from training.domain.lifecycle import attendance, certificates
from training.domain.lifecycle.attendance import Who

PAPERS = {paper.kind: paper for paper in attendance_papers()}


@pytest.fixture
def certificate(here):
    row = attendance.tick(here.session, Who(person=here.first), here.users.trainer)
    held(here.session), staging.series()
    return certificates.issue(row, here.users.runner)


def words(paper):
    """What stands on the paper, blanks left out."""
    return ["".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(paper.content)).pages]


def test_the_list_names_the_enrolled_and_leaves_rows_to_write_in(here):
    enrol(here.session, name="林木森", village=here.upper)
    enrol(here.session, here.second)
    gone = enrol(here.session, name="石小莲", village=here.upper)
    gone.to_withdrawn()
    gone.save()
    context = list_sheet(here.session).context
    rows = [[cell.text for cell in row.cells] for row in context["rows"]]
    assert [row[:3] for row in rows if row[1]] == [["1", "林木森", "上塘村"], ["2", "方旭", "党政办公室"]]
    assert len(rows) == 14


LONG = "返乡务工人员农村电子商务直播带货短视频拍摄剪辑与网店运营管理实用技能提高培训班"


@pytest.mark.pdf
@pytest.mark.parametrize(
    ("title", "place", "enrolled", "rows", "sheets"),
    [("机关月度学习", "三楼会议室", 9, 14, 1),
     (LONG, "上塘村新时代文明实践站二楼党员电教室兼农家书屋多功能厅", 7, 12, 1),
     ("机关月度学习", "三楼会议室", 10, 32, 2), ("机关月度学习", "三楼会议室", 26, 32, 2)],
)  # fmt: skip
def test_a_list_fills_its_sheets_and_the_signatures_stand_below_rows(here, title, place, enrolled, rows, sheets):
    here.course.title = title
    here.course.save()
    one = staging.session(here, here.course, place=place)
    for number in range(enrolled):
        enrol(one, name=f"王{number}", village=here.upper, phone=f"1370000{number:04}")
    assert len(list_sheet(one).context["rows"]) == rows
    pages = words(print_document(LIST, str(one.pk)))
    assert len(pages) == sheets
    assert all(word in pages[-1] for word in (f"{rows}", "会场实到人数", "主讲人", "录入人"))


def test_a_certificate_says_who_when_how_long_and_its_number(certificate):
    sheet = certificate_sheet(certificate)
    told = {key: sheet.context[key] for key in ("name", "of", "day", "course", "hours", "number", "issued_on")}
    assert told == {
        "name": "祁志强", "of": "党政办公室", "day": "2026年11月24日", "course": "机关月度学习", "hours": "1.5",
        "number": "石培证〔2026〕1号", "issued_on": "2026年11月24日",
    }  # fmt: skip
    assert sheet.ended == ""


def test_a_void_certificate_says_so(certificate, here):
    assert certificate_sheet(certificates.void(certificate, "姓名有误", here.users.runner)).ended == "姓名有误"


def test_a_list_is_for_who_keys_it_in_a_certificate_for_its_person_and_the_office(certificate, here, client):
    users = here.users
    may_list, may_have = (PAPERS[kind].user_can_print for kind in (LIST, CERTIFICATE))
    assert [key for key in vars(users) if may_list(getattr(users, key), here.session)] == [
        "trainer", "contact", "runner",
    ]  # fmt: skip
    assert [key for key in vars(users) if may_have(getattr(users, key), certificate)] == ["runner", "first"]
    client.force_login(users.second)
    assert client.get(f"/print/{CERTIFICATE}/{certificate.pk}.pdf").status_code in {403, 404}
    assert client.get(f"/print/{LIST}/{here.session.pk}.pdf").status_code in {403, 404}
    client.logout()
    assert client.get(f"/print/{LIST}/{here.session.pk}.pdf").status_code != 200


def test_nothing_is_signed_for_a_cancelled_session(here):
    assert PAPERS[LIST].refusal(here.session) == ""
    here.session.to_cancelled()
    assert PAPERS[LIST].refusal(here.session) == "本场次已取消，没有签到表。"
    assert [PAPERS[kind].find(key) for kind in (LIST, CERTIFICATE) for key in ("x", "0")] == [None] * 4


@pytest.mark.pdf
def test_both_are_one_page(certificate, here):
    for number in range(5):
        enrol(here.session, name=f"王{number}", village=here.upper, phone=f"1370000{number:04}")
    (signed,) = words(print_document(LIST, str(here.session.pk)))
    assert "机关月度学习签到表" in signed
    assert "王4" in signed
    (shown,) = words(print_document(CERTIFICATE, str(certificate.pk)))
    assert "祁志强（党政办公室）：于2026年11月24日参加《机关月度学习》培训" in shown
    assert "编号：石培证〔2026〕1号" in shown
