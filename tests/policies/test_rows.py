import gzip
import json
from datetime import date

import docx
import pytest
from django.core.exceptions import ValidationError

from policies.domain.importing.rows import RefusedRow, Row, count_rows, file_hash, read_rows


def written(path, *rows):
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), encoding="utf-8")
    return path


def reasons(rows):
    return [row.reason for row in rows if isinstance(row, RefusedRow)]


def test_a_line_becomes_a_row_with_its_place_and_key(tmp_path):
    source = written(
        tmp_path / "laws.jsonl", {"id": "a1", "title": "某法", "text": "某法\n第一条 为了群众。", "cat": "X"}
    )
    assert list(read_rows(source)) == [
        Row(
            place="第1行",
            key="a1",
            title="某法",
            blocks=[{"type": "paragraph", "value": "<p><b>第一条</b>　为了群众。</p>"}],
            fields={"number": "", "issuing_body": "", "issued_on": None, "effective_on": None},
        )
    ]


def test_a_gzipped_file_reads_the_same(tmp_path):
    plain = written(tmp_path / "laws.jsonl", {"id": 7, "title": "某法", "text": "第一条"})
    packed = tmp_path / "laws.jsonl.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert list(read_rows(packed)) == list(read_rows(plain))
    assert count_rows(packed) == 1


def test_known_number_issuer_and_dates_are_taken_over(tmp_path):
    source = written(
        tmp_path / "laws.jsonl",
        {"id": 1, "title": "某法", "text": "第一条", "number": "石政发〔2026〕1号", "issued_on": "2026-02-03"},
    )
    (row,) = read_rows(source)
    assert row.fields == {
        "number": "石政发〔2026〕1号",
        "issuing_body": "",
        "issued_on": date(2026, 2, 3),
        "effective_on": None,
    }


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "这一行不是 JSON"),
        ("[1]", "不是带 id、title、text 的 JSON 对象"),
        ({"title": "某法", "text": "第一条"}, "没有 id"),
        ({"id": True, "title": "某法", "text": "第一条"}, "没有 id"),
        ({"id": 1, "text": "第一条"}, "没有标题"),
        ({"id": 1, "title": "法" * 256, "text": "第一条"}, "标题有256个字"),
        ({"id": 1, "title": "某法", "text": " \n "}, "没有正文"),
        ({"id": 1, "title": "某法", "text": "一", "issued_on": "2026年2月"}, "issued_on"),
    ],
)
def test_a_row_that_cannot_become_a_page_says_why(tmp_path, line, reason):
    (refused,) = reasons(read_rows(written(tmp_path / "laws.jsonl", line)))
    assert reason in refused


def test_a_broken_archive_is_refused_as_a_whole(tmp_path):
    source = tmp_path / "laws.jsonl.gz"
    source.write_bytes(gzip.compress(b'{"id": 1, "title": "a", "text": "b"}\n' * 5000)[:-20])
    with pytest.raises(ValidationError, match="无法按 UTF-8 的 JSON Lines 读取"):
        list(read_rows(source))


def test_a_path_that_leads_nowhere_says_so(tmp_path):
    with pytest.raises(ValidationError, match="没有这个文件或文件夹"):
        list(read_rows(tmp_path / "nothing.jsonl"))


def test_a_folder_gives_word_and_markdown_files_with_their_tables(tmp_path):
    (tmp_path / "甲办法.md").write_text("# 甲办法\n\n正文。\n\n| 村 | 户 |\n|--|--|\n| 柳湾 | 3 |\n", encoding="utf-8")
    document = docx.Document()
    document.add_heading("第一章 总则", 1)
    document.add_paragraph("为了群众。")
    document.save(tmp_path / "乙办法.docx")
    (tmp_path / "读我.txt").write_text("不导入", encoding="utf-8")
    rows = {row.title: [block["type"] for block in row.blocks] for row in read_rows(tmp_path)}
    assert rows == {"乙办法": ["paragraph"], "甲办法": ["paragraph", "table"]}


def test_a_file_that_is_not_what_its_name_says_is_refused_with_its_name(tmp_path):
    (tmp_path / "假的.docx").write_bytes(b"not a zip")
    (tmp_path / "假的.pdf").write_bytes(b"not a pdf")
    assert [(row.place, "无法读取" in row.reason) for row in read_rows(tmp_path)] == [
        ("假的.docx", True),
        ("假的.pdf", True),
    ]


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(ValidationError, match=r"没有 \.md、\.docx 或 \.pdf"):
        list(read_rows(tmp_path))


def test_the_hash_changes_with_the_content(tmp_path):
    source = written(tmp_path / "laws.jsonl", {"id": 1})
    before = file_hash(source)
    written(source, {"id": 2})
    assert before != file_hash(source)
