"""What the reading room takes of a Word draft."""

from policies.models import PolicyPage
from suite.drafts.domain.importing import import_draft
from suite.drafts.permissions import page_types
from tests.suite.body.word import written


def test_a_policy_takes_its_issuing_body_and_never_the_number(room, person):
    content = written("石政发〔2026〕3号", "正文。", "县人民政府", "2026年11月21日", title="办法")
    page = import_draft(room, PolicyPage, content, "a.docx", person("editor"))
    assert (page.title, page.issuing_body, page.number) == ("办法", "县人民政府", "")


def test_a_reading_cannot_begin_without_the_policy_it_explains(room):
    assert page_types(room) == [PolicyPage]
