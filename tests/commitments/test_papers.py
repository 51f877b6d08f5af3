"""Every paper of commitments says what the record says, to whom it may be said, and stays on its sheet."""

import datetime
import io
import re

import pdfplumber
import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from wagtail.models import Site

from commitments.domain.board import board_by_key
from commitments.domain.papers.board import points
from commitments.models import Promise
from printing.domain.door import print_document, sheet_of
from printing.domain.registry import find_printable
from printing.domain.wording import wording
from suite.roles.domain import group
from suite.theme.models import OfficeSettings
from tests.commitments import record

pytestmark = pytest.mark.django_db
LONG = "逐户摸底，建立台账，每周三下午由组长汇总一次进度，问题当天报告。"


@pytest.fixture(autouse=True)
def office():
    return OfficeSettings.objects.create(
        site=Site.objects.get(), township_name="石桥镇人民政府", hall_phone="8812 0110", supervision_phone="8812 0109"
    )


@pytest.fixture
def november():
    return record.month()


@pytest.fixture
def where():
    return record.unit("党政办公室", phone="8812 0101")


@pytest.fixture
def account(django_user_model):
    """account(role): somebody with that role."""

    def make(role):
        user = django_user_model.objects.create_user(f"somebody-{role}")
        user.groups.add(group(role))
        return user

    return make


def said(kind, key, size=""):
    """The words of a paper, without blanks."""
    printable, found = find_printable(kind, str(key))
    return "\n".join(re.sub(r"\s", "", one) for one in wording(sheet_of(printable, found, size)).paragraphs)


def pages(kind, key, size=""):
    return pdfplumber.open(io.BytesIO(print_document(kind, str(key), size).content)).pages


def test_the_board_names_everybody_with_amendments_results_and_whom_to_call(november, where):
    leader = record.person("顾明远", "leader")
    record.commitment(november, record.person("陈立"), where, rows=1, late=True, approved_by=leader.user)
    one = record.commitment(november, record.person("何丽"), where, "ended", rows=1, outcome="partly")
    one.promises.update(result="修好三公里", outcome="partly", outcome_remark="镇里的意见")
    record.amended(one.promises.get(), goal="完成9户")
    record.commitment(november, record.person("孙勇"), where, "owed")
    text = said("commitment-board", f"2026-11-u{where.pk}")
    assert "应填报3人，按时1人，迟交1人，尚未提交1人；已认定1人：已完成0人，部分完成1人，未完成0人。" in text
    assert "11月3日提交（迟交）11月5日顾明远批准" in text
    assert "11月12日变更（原因：连续降雨）工作目标原文：完成1户改为：完成9户" in text.replace("\n", "")
    assert "部分完成修好三公里" in text.replace("\n", "")
    assert "监督电话：8812 0109".replace(" ", "") in text
    assert [hidden for hidden in ("镇里的意见", "孙勇") if hidden in text] == []


def test_the_board_says_not_filed_once_the_month_is_closed(where):
    closed = record.month(state="closed")
    record.commitment(
        closed, record.person("陈立"), where, "ended", rows=0, approved_at=None, filed_at=None, outcome="not"
    )
    text = said("commitment-board", f"2026-11-u{where.pk}")
    assert "未提交1人" in text
    assert "陈立党政办公室干事未提交月承诺认定：未完成" in text.replace("\n", "")


def test_a_board_with_nothing_public_is_refused_with_the_reason(client, november, where):
    record.commitment(november, record.person("陈立"), where, "filed")
    answer = client.get(f"/print/commitment-board/2026-11-u{where.pk}.pdf")
    assert answer.status_code == 503
    assert "分管领导批准以后才能公示" in answer.content.decode()


def test_a_small_board_is_set_larger_than_a_full_one(november, where):
    other = record.unit("经济发展服务中心")
    record.commitment(november, record.person("陈立"), where, rows=1)
    for number in range(15):
        record.commitment(november, record.person(f"干部{number}"), other, rows=3)
    few, many = (board_by_key(f"2026-11-u{unit.pk}") for unit in (where, other))
    assert [(points(few, size), points(many, size)) for size in ("a3", "a4")] == [(20.0, 13.0), (14.0, 10.5)]


@pytest.mark.pdf
@pytest.mark.parametrize(("size", "width", "height"), [("a3", 1191, 842), ("a4", 842, 595)])
def test_every_board_stays_on_its_paper(november, where, size, width, height):
    for number in range(15):
        one = record.commitment(november, record.person(f"阿依古丽·买买提{number}"), where, rows=(1, 3, 10)[number % 3])
        one.promises.filter(number=2).update(measures=LONG * 30, goal="完成" * 100, work="集镇污水" * 25)
    made = pages("commitment-board", f"2026-11-u{where.pk}", size)
    assert {(round(page.width), round(page.height)) for page in made} == {(width, height)}
    letters = [letter for page in made for letter in page.chars if letter["text"].strip()]
    assert min(letter["x0"] for letter in letters) > 20
    assert max(letter["x1"] for letter in letters) < width - 20
    # Every page has its head, and no text runs into the foot.
    assert all("重点内容" in page.extract_text() for page in made)
    assert sum("阿依古丽" in line for page in made for line in page.extract_text().split("\n")) == 15


@pytest.mark.pdf
def test_a_blank_form_is_one_sheet_for_anybody_a_month_or_a_person(where):
    august = record.month(datetime.date(2025, 8, 1))
    one = record.commitment(august, record.person("陈立"), where, "owed")
    texts = []
    for key in ("empty", "2025-08", one.pk):
        [page] = pages("commitment-blank", key)
        texts.append(page.extract_text())
    assert ["陈立" in text for text in texts] == [False, False, True]
    assert ["2025年8月" in text for text in texts] == [False, True, True]
    assert ["请于2025年8月7日前交" in text for text in texts] == [False, True, True]
    assert all(text.count("（签名）") == 4 for text in texts)


def test_the_form_says_what_was_filed_approved_verified_and_decided(november, where):
    leader, supervisor = record.person("顾明远", "leader"), record.person("李旻", "supervisor")
    one = record.commitment(
        november, record.person("陈立"), where, "ended", rows=1, source="paper", outcome="partly",
        approved_by=leader.user, approved_for=record.person("林书记"),
    )  # fmt: skip
    row = one.promises.get()
    record.amended(row, due=datetime.date(2026, 11, 25))
    record.verified(row, supervisor.user, agrees=False, remark="只完成一半")
    Promise.objects.update(claimed="fulfilled", result="修好三公里", outcome_remark="按核实认定")
    text = said("commitment-form", one.pk).replace("\n", "")
    assert "本人：已完成修好三公里核实：实地走访，不认可。只完成一半认定：部分完成。按核实认定" in text
    assert "完成时限原文：2026年11月20日改为：2026年11月25日" in text
    assert "陈立2026年11月3日提交（纸质代录）" in text
    assert "顾明远（代林书记）2026年11月5日批准" in text
    assert "李旻" in text
    assert "部分完成2026年11月30日" in text


def test_a_form_without_rows_is_refused_with_what_to_do(client, november, where):
    one = record.commitment(november, record.person("陈立", "cadre"), where, "owed")
    client.force_login(one.person.user)
    answer = client.get(f"/print/commitment-form/{one.pk}.pdf")
    assert (answer.status_code, "请先提交，或者打印空白承诺书手写" in answer.content.decode()) == (503, True)


@pytest.mark.pdf
def test_a_form_of_ten_long_rows_keeps_its_head_and_its_signatures(november, where):
    one = record.commitment(november, record.person("陈立"), where, rows=10)
    one.promises.filter(number=2).update(measures=LONG * 30, goal="完成" * 100, work="集镇污水" * 25)
    made = pages("commitment-form", one.pk)
    assert all("工作措施" in page.extract_text() for page in made)
    assert sum(page.extract_text().count("效能监督员") for page in made) == 1
    assert sum("重点工作10" in page.extract_text() for page in made) == 1


def test_the_meeting_sheet_keeps_the_order_of_the_draw_and_what_was_recorded(november, where):
    speakers = [record.commitment(november, record.person(name), where) for name in ("何丽", "陈立")]
    meeting = record.meeting(november, record.person("顾明远"), speakers)
    first = meeting.reports.first()
    first.present, first.said, first.remarks = True, "路基完成八百米", "月底前完成"
    first.save()
    text = said("commitment-meeting", meeting.pk).replace("\n", "")
    assert text.index("1.何丽") < text.index("2.陈立")
    assert "到会1.重点工作1：完成1户（11月20日前）" in text
    assert "汇报内容路基完成八百米点评意见月底前完成" in text
    assert "□到会□未到会" in text
    assert "主持人顾明远" in text


def test_a_meeting_without_a_draw_has_no_sheet_yet(client, november, account):
    meeting = record.meeting(november, record.person("顾明远"))
    client.force_login(account("efficiency_office"))
    answer = client.get(f"/print/commitment-meeting/{meeting.pk}.pdf")
    assert (answer.status_code, "还没有抽出汇报人" in answer.content.decode()) == (503, True)


@pytest.mark.pdf
def test_the_analysis_prints_charts_tables_and_names(november, where):
    record.commitment(november, record.person("陈立"), where, "ended", outcome="not")
    text = "".join(page.extract_text() for page in pages("commitment-analysis", "2026-11"))
    assert "月析月评：2026年11月" in text
    assert "各单位提交情况" in text
    assert "党政办公室 陈立 未完成" in text


def test_only_the_board_is_everybodys(november, where, account):
    own = record.person("陈立", "owner")
    own.user.groups.add(group("cadre"))
    one = record.commitment(november, own, where)
    waiting = record.commitment(november, record.person("何丽"), where, "filed")
    meeting = record.meeting(november, own, [one])
    papers = {
        "board": ("commitment-board", f"2026-11-u{where.pk}"),
        "empty": ("commitment-blank", "empty"),
        "named": ("commitment-blank", one.pk),
        "form": ("commitment-form", one.pk),
        "waiting": ("commitment-form", waiting.pk),
        "meeting": ("commitment-meeting", meeting.pk),
        "analysis": ("commitment-analysis", "2026-11"),
    }

    def printable_by(user):
        open_to = set()
        for name, (kind, key) in papers.items():
            printable, found = find_printable(kind, str(key))
            if printable.user_can_print(user, found):
                open_to.add(name)
        return open_to

    assert printable_by(AnonymousUser()) == {"board"}
    assert printable_by(own.user) == {"board", "empty", "named", "form"}
    assert printable_by(account("cadre")) == {"board", "empty"}
    assert printable_by(account("liaison")) == {"board", "empty", "named"}
    assert printable_by(account("supervisor")) == {"board", "form"}
    assert printable_by(account("efficiency_office")) == set(papers)
    assert printable_by(account("leader")) == set(papers) - {"named"}
    assert printable_by(account("editor")) == {"board"}


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("commitment-board", "2026-11-u0"),
        ("commitment-blank", "nobody"),
        ("commitment-form", "0"),
        ("commitment-form", "9" * 30),
        ("commitment-meeting", "x"),
        ("commitment-analysis", "2026-12"),
    ],
)
def test_there_is_no_such_paper(client, november, kind, key):
    assert client.get(reverse("printing:document", args=[kind, key])).status_code == 404


@pytest.mark.pdf
def test_the_board_gets_a_version_that_a_change_of_its_words_raises(november, where):
    one = record.commitment(november, record.person("陈立"), where, rows=1)
    key = f"2026-11-u{where.pk}"
    assert "第1版" in pages("commitment-board", key)[0].extract_text()
    one.promises.update(goal="完成99户")
    assert "第2版" in pages("commitment-board", key)[0].extract_text()
