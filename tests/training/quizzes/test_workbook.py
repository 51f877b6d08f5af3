"""Questions from and into workbooks."""

import io

import pytest
from openpyxl import Workbook, load_workbook

from tests.reading import text
from tests.refusals import refusal
from tests.training.quizzes.staging import ALL, multiple, short, single, truth
from training.domain.lifecycle import quiz_imports
from training.domain.quizzes.questions import says
from training.domain.quizzes.versions import being_written, shown_questions
from training.domain.quizzes.workbook import EXAMPLES, HEADINGS, read_workbook, write_workbook
from training.models import QuestionImport

GOOD = ["单选题", "首问负责制由谁负责？", "第一个被问到的人", "领导", "", "", "", "", "A", "", ""]


def workbook(*rows, headings=HEADINGS, title="题目"):
    book = Workbook()
    book.active.title = title
    book.active.append(headings)
    for row in rows:
        book.active.append(row)
    output = io.BytesIO()
    book.save(output)
    output.seek(0)
    return output


def written(questions):
    output = io.BytesIO()
    write_workbook(output, questions)
    output.seek(0)
    return output


def row(**changed):
    """The good row with other cells, by heading."""
    return [changed.get(heading, value) for heading, value in zip(HEADINGS, GOOD, strict=True)]


def problems(*rows):
    return [(one.place, one.message) for one in read_workbook(workbook(*rows)).problems]


def test_what_is_written_is_read_again(db):
    questions = [*ALL, *EXAMPLES, single(fixed=True), multiple(options=list("甲乙丙丁戊己"), right=[0, 2, 5])]
    assert read_workbook(written(questions)).questions == questions


def test_nothing_that_is_written_becomes_a_formula(db):
    sheet = load_workbook(written([single(text="=1+1?", options=["@甲", "-乙"], right=[0])]))["题目"]
    assert [cell.data_type for cell in sheet[2] if cell.value] == ["s"] * 6


def test_answers_are_read_however_they_are_written(db):
    rows = [
        row(题型="多选题", 正确答案="Ａ、b"),
        row(题型="判断题", 选项A="", 选项B="", 正确答案="√"),
        row(题型="简答题", 选项A="", 选项B="", 正确答案=12315),
        row(选项A="", 选项C="会计", 正确答案="C"),
    ]
    found = read_workbook(workbook(*rows))
    assert found.problems == []
    assert [one["right"] for one in found.questions] == [[0, 1], [0], [], [1]]
    assert found.questions[2]["accepted"] == ["12315"]
    assert found.questions[3]["options"] == ["领导", "会计"]


@pytest.mark.parametrize(
    ("changed", "place", "said"),
    [
        ({"题型": "选择"}, "题目!A2", "请从这些中选：单选题、多选题、判断题、简答题"),
        ({"题目": ""}, "题目!B2", "没有填问题"),
        ({"选项B": ""}, "题目!C2", "请写2至6个选项"),
        ({"正确答案": "甲"}, "题目!I2", "请写正确选项的字母，例如B或ACD"),
        ({"正确答案": "D"}, "题目!I2", "没有选项D：请补上，或去掉这个字母"),
        ({"正确答案": "AB"}, "题目!I2", "请勾选唯一的正确选项"),
        ({"题型": "判断题", "正确答案": "也许"}, "题目!I2", "请写“对”或“错”"),
        ({"选项顺序固定": "可能"}, "题目!K2", "请写“是”，或者留空"),
        ({"题目": "=A1"}, "题目!B2", "不计算公式"),
        ({"解析": "长" * 601}, "题目!J2", "有601个字，请缩短到600个字以内"),
    ],
)
def test_a_wrong_cell_is_named_by_sheet_row_and_column(db, changed, place, said):
    ((found, message),) = problems(row(**changed))
    assert found == place
    assert said in message


def test_every_wrong_cell_is_named_at_once(db):
    places = [place for place, _message in problems(row(题型="选择", 选项顺序固定="可能"), GOOD, row(正确答案="甲"))]
    assert places == ["题目!A2", "题目!K2", "题目!I4"]


def test_an_empty_workbook_says_so(db):
    assert problems() == [("题目", "没有填题目：每行写一道题")]


def test_another_workbook_is_refused(db):
    assert "题目" in refusal(read_workbook, workbook(title="别的"))
    assert "正确答案" in refusal(read_workbook, workbook(headings=HEADINGS[:8]))
    assert refusal(read_workbook, io.BytesIO(b"no workbook")) != ""


def dry(stage, quiz, file, replaces=False):
    return quiz_imports.read_questions(quiz, file, "题库.xlsx", replaces, stage.clerk.user)


def test_reading_changes_nothing_and_taking_over_adds_all(stage):
    quiz = stage.quiz([truth()], opened=False)
    upload = dry(stage, quiz, workbook(GOOD, row(题目="第二题？")))
    assert being_written(quiz).questions.count() == 1
    quiz_imports.take_over(upload, stage.clerk.user)
    assert [one.text for one in shown_questions(quiz)] == [truth()["text"], GOOD[1], "第二题？"]
    assert not QuestionImport.objects.exists()


def test_questions_may_take_the_place_of_those_there(stage):
    quiz = stage.quiz()
    upload = dry(stage, quiz, written([short()]), replaces=True)
    quiz_imports.take_over(upload, stage.clerk.user)
    assert [says(one) for one in shown_questions(quiz)] == [short()]


def test_nothing_is_imported_half(stage):
    quiz = stage.quiz([truth()], opened=False)
    upload = dry(stage, quiz, workbook(GOOD, row(正确答案="甲")))
    said = "有单元格填错，一道题也没有导入：请改好文件重新读取。"
    assert refusal(quiz_imports.take_over, upload, stage.clerk.user) == said
    assert being_written(quiz).questions.count() == 1


def test_what_somebody_changed_meanwhile_is_not_overwritten(stage):
    quiz = stage.quiz([truth()], opened=False)
    upload = dry(stage, quiz, workbook(GOOD), replaces=True)
    stage.write(quiz, [truth("别人写的。")])
    said = "读取文件之后有人改过题目，请重新读取。"
    assert refusal(quiz_imports.take_over, upload, stage.clerk.user) == said


def test_no_more_is_taken_over_than_a_quiz_holds(stage):
    quiz = stage.quiz([truth(f"第{number}句。") for number in range(500)], opened=False)
    upload = dry(stage, quiz, workbook(GOOD))
    assert refusal(quiz_imports.take_over, upload, stage.clerk.user) == "一份测验最多500道题，请另建一份测验。"


def test_who_does_not_run_training_imports_nothing(stage):
    quiz = stage.quiz()
    said = "您的账号没有这项权限，请联系效能办。"
    assert refusal(quiz_imports.read_questions, quiz, workbook(GOOD), "a", False, stage.cadre.user) == said
    upload = dry(stage, quiz, workbook(GOOD))
    assert refusal(quiz_imports.take_over, upload, stage.cadre.user) == said


def test_a_dry_run_that_nobody_wants_is_forgotten(stage, time):
    dry(stage, stage.quiz(), workbook(GOOD))
    assert not quiz_imports.forgotten(time.now).exists()
    assert quiz_imports.forgotten(time.go(days=8)).count() == 1


def test_the_screens_lead_through_an_import(stage, client):
    client.force_login(stage.clerk.user)
    quiz = stage.quiz([truth()], opened=False)
    here = f"/desk/training/quizzes/{quiz.pk}/import/"
    file = client.get("/desk/training/quizzes/template/")
    assert read_workbook(io.BytesIO(b"".join(file.streaming_content))).questions == list(EXAMPLES)
    wrong = workbook(row(正确答案="甲"))
    wrong.name = "题库.xlsx"
    assert "题目!I2： 请写正确选项的字母，例如B或ACD" in text(client.post(here, {"file": wrong}, follow=True))
    good = workbook(GOOD, row(题目=truth()["text"]))
    good.name = "题库.xlsx"
    answer = client.post(here, {"file": good}, follow=True)
    assert "可以导入2题：" in text(answer)
    assert f"已有同样的题目：{truth()['text']}" in text(answer)
    answer = client.post(answer.request["PATH_INFO"], follow=True)
    assert "已导入2题，还没有启用。" in text(answer)
    file = client.get(f"/desk/training/quizzes/{quiz.pk}/book/")
    assert len(read_workbook(io.BytesIO(b"".join(file.streaming_content))).questions) == 3


def test_what_is_no_workbook_is_said_at_its_field(stage, client):
    client.force_login(stage.clerk.user)
    quiz = stage.quiz(opened=False)
    file = io.BytesIO(b"PK no workbook")
    file.name = "题库.xlsx"
    answer = client.post(f"/desk/training/quizzes/{quiz.pk}/import/", {"file": file})
    assert answer.status_code == 422
    assert "不是可以读取的XLSX文件" in text(answer)
