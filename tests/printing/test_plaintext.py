"""A plain document in JSON: what becomes of it, and what is refused."""

import io
import json
import os
import subprocess
import sys
from datetime import date

import docx
import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from printing.domain.plaintext import sheet_from_json
from tests.printing.paper import text

WHOLE = {
    "title": "关于开展环境整治的通知",
    "number": "石政发〔2026〕17号",
    "to": "各村民委员会",
    "body": [{"h1": "一、总体要求"}, {"h2": "（一）目标"}, {"h3": "1.清垃圾"}, {"p": "各村要落实专人。\n有事请来电。"}],
    "attachments": ["任务清单"],
    "sign": "石桥镇人民政府",
    "date": "2026-11-21",
    "cc": "县农业农村局",
    "issuer": "石桥镇党政办公室",
    "issued": "2026-11-22",
}


def problems(**changes):
    with pytest.raises(ValidationError) as refusal:
        sheet_from_json({**WHOLE, **changes})
    return refusal.value.messages


def test_every_field_comes_to_its_place():
    context = sheet_from_json(WHOLE).context
    assert context["issuer"] == "石桥镇人民政府文件"
    assert context["head"] == "document"
    assert (
        context["body"]
        == "<h2>一、总体要求</h2><h3>（一）目标</h3><h4>1.清垃圾</h4><p>各村要落实专人。</p><p>有事请来电。</p>"
    )
    assert context["recipients"] == "各村民委员会"
    assert context["attachments"] == ["任务清单"]
    assert (context["signatory"], context["date"]) == ("石桥镇人民政府", "2026年11月21日")
    assert (context["copies"], context["printed_by"]) == ("县农业农村局", "石桥镇党政办公室")
    assert context["printed_on"] == "2026年11月22日"
    assert sheet_from_json(WHOLE).issued == date(2026, 11, 21)


@pytest.mark.parametrize(
    ("changes", "head"),
    [
        ({}, "石桥镇人民政府文件"),
        ({"number": ""}, ""),
        ({"head": "石桥镇人民政府"}, "石桥镇人民政府"),
        ({"head": ""}, ""),
    ],
)
def test_a_number_brings_the_red_head_and_head_says_what_else_it_reads(changes, head):
    assert sheet_from_json({**WHOLE, **changes}).context["issuer"] == head


def test_a_title_is_enough():
    context = sheet_from_json({"title": "通知"}).context
    assert (context["title_lines"], context["issuer"], context["body"], context["date"]) == (["通知"], "", "", "")


def test_markup_is_text():
    assert (
        sheet_from_json({"title": "甲", "body": [{"p": "<b>乙</b>"}]}).context["body"] == "<p>&lt;b&gt;乙&lt;/b&gt;</p>"
    )


def test_all_that_is_wrong_is_named_at_once():
    assert problems(title=" ", date="21.11.2026", body=[{"h1": "一"}, {"h9": "二"}], sing="甲", attachments="乙") == [
        "不认识的字段：sing。"
        "可用的字段：title, number, to, sign, cc, issuer, head, note, date, issued, body, attachments。",
        "title：公文要有标题。",
        "date：日期请写成 YYYY-MM-DD，例如 2026-11-21。",
        'attachments：请写成 ["…", "…"]',
        'body[1]：请写成 [{"h1": "…"}, {"p": "…"}]',
    ]


@pytest.mark.parametrize("wrong", [[1], {"a": 1}, 7, True])
def test_what_is_no_text_is_refused(wrong):
    assert problems(to=wrong) == ["to：请用引号括起来写成文字。"]


@pytest.mark.parametrize("data", [[], "通知", None, 3])
def test_what_is_no_document_is_refused(data):
    with pytest.raises(ValidationError, match="一个对象"):
        sheet_from_json(data)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'{"title": ', "不是 JSON：第1行第11列"),
        ("{'title': '开展整治'}".encode("gb18030"), "不是 UTF-8"),
        (None, "无法读取"),
        (b"{}", "公文要有标题"),
    ],
)
def test_a_file_that_is_no_document_is_named_and_nothing_is_written(tmp_path, content, reason):
    file = tmp_path / "a.json"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(CommandError, match=rf"a\.json：.*{reason}"):
        call_command("print_text", file, out=tmp_path / "a.pdf")
    assert not (tmp_path / "a.pdf").exists()


@pytest.mark.pdf
@pytest.mark.django_db
def test_the_command_writes_the_pdf(tmp_path):
    (tmp_path / "a.json").write_text(json.dumps(WHOLE), encoding="utf-8-sig")
    call_command("print_text", tmp_path / "a.json", out=tmp_path / "a.pdf", stdout=io.StringIO())
    whole = text((tmp_path / "a.pdf").read_bytes())
    for part in ("石桥镇人民政府文件", "石政发〔2026〕17号", "各村要落实专人。", "抄送：县农业农村局。"):
        assert part in whole


@pytest.mark.pdf
def test_the_command_needs_no_database(tmp_path):
    (tmp_path / "a.json").write_text(json.dumps(WHOLE), encoding="utf-8")
    command = [sys.executable, "manage.py", "print_text", tmp_path / "a.json", "--out", tmp_path / "a.pdf"]
    subprocess.run(command, cwd=settings.BASE_DIR, env={**os.environ, "BIANMIN_VAR": str(tmp_path)}, check=True)
    assert "各村要落实专人。" in text((tmp_path / "a.pdf").read_bytes())


@pytest.mark.django_db
def test_the_command_writes_for_word_too(tmp_path):
    (tmp_path / "a.json").write_text(json.dumps(WHOLE), encoding="utf-8")
    call_command("print_text", tmp_path / "a.json", docx=True, out=tmp_path / "a.docx", stdout=io.StringIO())
    whole = [paragraph.text for paragraph in docx.Document(tmp_path / "a.docx").paragraphs]
    assert {"关于开展环境整治的通知", "石政发〔2026〕17号", "各村要落实专人。"} <= set(whole)
