"""The form names every problem beside its field, loses nothing, and never holds up a draft."""

import json

import pytest
from wagtail import hooks
from wagtail.test.utils.form_data import rich_text

from suite.publishing import PublishProblem, domain
from suite.publishing.domain.content_checks import problems
from tests.suite.publishing.forms import decide, poster_form
from tests.suite.publishing.steps import fresh, make_draft
from tests.suite.publishing.test_admin import edit_url, errors_of
from tests.suite.publishing.testapp.models import Poster

PHONE = "“{}”中有手机号码（138****5678），不得公开：请删除，或改为单位座机、用星号遮盖。"
TO_MEND = "尚未提交下一环节：有{}处需要修改。您输入的内容都还在。"


@pytest.fixture
def as_editor(client, editor):
    client.force_login(editor)
    return client


def test_every_problem_is_named_at_its_field_and_all_of_them_at_the_top(as_editor, draft):
    table = {"data": [["姓名", "电话"], ["王芳", 13812345678]], "cell": [], "table_header_choice": "row"}
    form = poster_form(
        "联系13812345678",
        "submit",
        draft.slug,
        "<p>打13812345678</p>",
        body=[("paragraph", rich_text("<p>电话13812345678</p>")), ("table", json.dumps(table))],
        rows=["甲", "乙 13812345678"],
    )
    response = as_editor.post(edit_url(draft), form)
    assert errors_of(response) == {
        "__all__": [TO_MEND.format(5), PHONE.format("名单第2行 › 内容")],
        "title": [PHONE.format("标题")],
        "intro": [PHONE.format("导语")],
        # A field of blocks shows only one error.
        "body": [PHONE.format("正文 › 1. 文字") + " " + PHONE.format("正文 › 2. 表格 › 第2行第2列")],
    }
    assert response.context["form"].formsets["rows"].non_form_errors() == [PHONE.format("名单第2行 › 内容")]
    shown = response.content.decode()
    assert "乙 13812345678" in shown
    assert "联系13812345678" in shown
    assert fresh(draft).current_workflow_state is None
    assert fresh(draft).title == "停水通知"


def test_a_field_that_cannot_be_read_hides_no_other_problem(as_editor, draft):
    form = poster_form("", "submit", draft.slug, "<p>打13812345678</p>", rows=["甲" * 201])
    response = as_editor.post(edit_url(draft), form)
    assert errors_of(response) == {
        "__all__": [TO_MEND.format(3)],
        "title": ["此项必填。"],
        "intro": [PHONE.format("导语")],
    }
    assert response.context["form"].formsets["rows"].errors != [{}]


def test_what_a_plugin_says_stands_beside_the_field_it_names(as_editor, draft):
    def checks(page):
        yield PublishProblem("title", f"标题“{page.title}”太短")
        yield PublishProblem("no_such_field", "缺少依据")
        yield PublishProblem(None, "缺少附件")

    with hooks.register_temporarily("publish_checks", checks):
        response = as_editor.post(edit_url(draft), poster_form("停水", "submit", draft.slug))
    assert errors_of(response) == {
        "__all__": [TO_MEND.format(3), "缺少依据", "缺少附件"],
        "title": ["标题“停水”太短"],
    }


def test_what_has_to_be_mended_is_named_from_the_top_of_the_form_to_its_end(draft):
    fields = ["rows", None, "attachment", "intro", "no_such_field", "title", "body", "title"]

    def checks(page):
        for number, field in enumerate(fields):
            yield PublishProblem(field, str(number))

    draft.intro = "<p>打13812345678</p>"
    with hooks.register_temporarily("publish_checks", checks):
        named = [(problem.field, problem.message) for problem in problems(draft)]
    assert [field for field, _message in named] == [
        "title", "title", "intro", "intro", "body", "attachment", "rows", None, "no_such_field",
    ]  # fmt: skip
    assert [message for _field, message in named[:3]] == ["5", "7", PHONE.format("导语")]


def test_what_only_a_checker_can_mend_does_not_hold_up_a_submission_but_a_pass(client, draft, editor, checker):
    def checks(page):
        yield PublishProblem(None, "尚未保密审查", by_checker=True)

    with hooks.register_temporarily("publish_checks", checks):
        client.force_login(editor)
        client.post(edit_url(draft), poster_form(button="submit", slug=draft.slug))
        assert fresh(draft).current_workflow_task.name == "核稿"
        client.force_login(checker)
        response = client.post(edit_url(draft), decide("approve", slug=draft.slug))
    assert errors_of(response) == {"__all__": [TO_MEND.format(1), "尚未保密审查"]}


def test_returning_a_page_is_not_held_up_by_what_is_wrong_with_it(client, draft, editor, checker):
    domain.submit(draft, editor)
    client.force_login(checker)
    with hooks.register_temporarily("publish_checks", lambda page: [PublishProblem(None, "不行")]):
        client.post(edit_url(draft), decide("reject", "改", slug=draft.slug))
    assert fresh(draft).current_workflow_state.status == "needs_changes"


def test_a_draft_is_saved_whatever_is_wrong_with_it(as_editor, draft):
    response = as_editor.post(edit_url(draft), poster_form("联系13812345678", slug=draft.slug))
    assert response.status_code == 302
    assert fresh(draft).title == "联系13812345678"


def test_a_create_form_with_problems_creates_nothing_and_keeps_what_was_typed(as_editor, root):
    response = as_editor.post(f"/admin/pages/add/gate/poster/{root.pk}/", poster_form("联系13812345678", "submit"))
    assert errors_of(response)["title"] == [PHONE.format("标题")]
    assert "联系13812345678" in response.content.decode()
    assert not Poster.objects.exists()


def test_rows_typed_once_are_saved_once(as_editor, draft):
    as_editor.post(edit_url(draft), poster_form(button="submit", slug=draft.slug, rows=["甲", "乙"]))
    assert [row.text for row in fresh(draft).get_latest_revision_as_object().rows.all()] == ["甲", "乙"]


def test_an_empty_slug_becomes_pinyin_and_a_taken_one_gets_a_number(as_editor, root, editor):
    make_draft(root, editor, "停水通知")
    url = f"/admin/pages/add/gate/poster/{root.pk}/"
    as_editor.post(url, poster_form("停水通知"))
    as_editor.post(url, poster_form("停水通知"))
    as_editor.post(url, poster_form("停水通知", slug="my-slug"))
    slugs = Poster.objects.order_by("pk").values_list("slug", flat=True)
    assert list(slugs) == ["ting-shui-tong-zhi", "ting-shui-tong-zhi-2", "ting-shui-tong-zhi-3", "my-slug"]


def test_saving_a_page_again_keeps_its_slug(as_editor, draft):
    as_editor.post(edit_url(draft), poster_form("别的标题", slug=""))
    assert fresh(draft).slug == "bie-de-biao-ti"
    as_editor.post(edit_url(draft), poster_form("再改标题", slug="bie-de-biao-ti"))
    assert fresh(draft).slug == "bie-de-biao-ti"
