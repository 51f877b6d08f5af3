"""The service guides of the sample township, written, checked and approved by its people."""

from collections.abc import Mapping
from datetime import timedelta
from io import BytesIO
from typing import Any

import docx
from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from wagtail.documents import get_document_model
from wagtail.models import Page, Site

from suite.publishing.domain import approve, submit
from suite.theme.office import current_office

from .models import GuideIndexPage, GuidePage, GuidePlace, GuideVersion, LifeEvent, PlainWord
from .sample import BLANK_FORMS, GUIDES, LIFE_EVENTS, PLAIN_WORDS
from .sample.shapes import Basis, Before, BlankForm, Guide, Material, Step

# The sample's own line for complaints, should the office have none yet.
_SUPERVISION = "8812 0109"


def build(township: Any) -> None:
    """Hook ``build_demo``: life events, plain words, every guide; two changed since, one ended and replaced."""
    home = Site.objects.get(is_default_site=True).root_page
    index = GuideIndexPage.objects.first() or township.publish(
        GuideIndexPage(
            title="办事指南",
            slug="guides",
            show_in_menus=True,
            introduction="要办什么事，先看这里：带什么、找谁、多久、要不要钱。看不明白的，打电话问，或者找本村代办员。",
        ),
        home,
        days_ago=400,
    )
    events = {
        slug: LifeEvent.objects.get_or_create(slug=slug, defaults={"name": name, "examples": examples, "order": order})[
            0
        ]
        for order, (slug, name, examples) in enumerate(LIFE_EVENTS, 1)
    }
    for official, plain in PLAIN_WORDS.items():
        PlainWord.objects.get_or_create(official=official, defaults={"plain": plain})
    forms = {form.key: _document(form) for form in BLANK_FORMS}
    pages: dict[str, GuidePage] = {}
    # One that ended names its replacement, which has to be there first.
    for sample in sorted(GUIDES, key=lambda sample: bool(sample.replaced_by)):
        page = _page(township, sample, events, forms)
        if sample.replaced_by:
            page.replaced_by = pages[sample.replaced_by]
        pages[sample.key] = township.publish(page, index, days_ago=sample.days_ago)
        _appeared(pages[sample.key], sample.days_ago)
        if sample.before:
            _change(township, pages[sample.key], sample, sample.before, forms)


def _page(township: Any, sample: Guide, events: Mapping[str, LifeEvent], forms: Mapping[str, Any]) -> GuidePage:
    """The guide as it was first published."""
    unit = township.units[sample.unit]
    before = sample.before
    page = GuidePage(
        title=sample.title,
        summary=sample.summary,
        item_kind=sample.item_kind,
        case_kind=sample.case_kind,
        level=sample.level,
        audience=sample.audience,
        conditions=_lines(sample.conditions),
        materials=_materials([*sample.materials, *([before.material] if before else [])], forms),
        no_materials=not sample.materials,
        questions=_rows("question", [{"text": text, "answers": answers} for text, *answers in sample.questions]),
        steps=_rows("step", [_step(step) for step in sample.steps]),
        statutory_limit=sample.law,
        statutory_unit=sample.law_unit,
        no_statutory_limit=sample.law is None,
        promised_limit=before.promised if before else sample.promised,
        promised_unit=sample.promised_unit,
        at_window=sample.at_window,
        by_agent=sample.by_agent,
        online=sample.online,
        visits=sample.visits,
        visits_reason=sample.visits_reason,
        scope=sample.scope,
        responsible_unit=unit,
        contact_phone=unit.phone,
        complaint_phone=current_office().supervision_phone or _SUPERVISION,
        result_name=sample.result_name,
        result_sample=forms.get(sample.result_sample),
        no_sample_reason=sample.no_sample_reason,
        fee=sample.fee,
        fee_basis=sample.fee_basis,
        basis=_rows("basis", [_basis(one) for one in sample.basis]),
        remedies=sample.remedies,
        answers=_rows("answer", [{"question": question, "answer": answer} for question, answer in sample.answers]),
        valid_from=township.day(-sample.days_ago),
        valid_until=township.day(-sample.ended) if sample.ended else None,
    )
    page.places = [
        GuidePlace(unit=township.units[key], window=window, hours=hours) for key, window, hours in sample.places
    ]
    page.life_events = [events[slug] for slug in sample.events]
    return page


def _change(township: Any, page: GuidePage, sample: Guide, before: Before, forms: Mapping[str, Any]) -> None:
    """Publish the second version: a shorter promise, one material less."""
    page.promised_limit = sample.promised
    page.materials = _materials(sample.materials, forms)
    page.valid_from = township.day(-before.changed)
    editor = township.user("editor")
    page.save_revision(user=editor, log_action=True)
    submit(page, editor)
    approve(page, township.user("checker"))
    page = approve(page, township.user("approver"))
    Page.objects.filter(pk=page.pk).update(last_published_at=timezone.now() - timedelta(days=before.changed))
    _appeared(page, before.changed)


def _appeared(page: GuidePage, days_ago: int) -> None:
    """Nor did the township record every version on the day somebody tried the product."""
    recorded = timezone.now() - timedelta(days=days_ago)
    GuideVersion.objects.filter(page=page, number=page.versions.count()).update(recorded_at=recorded)


def _lines(lines: tuple[str, ...]) -> str:
    if len(lines) == 1:
        return format_html("<p>{}</p>", lines[0])
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((line,) for line in lines)))


def _rows(name: str, values: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"type": name, "value": value} for value in values]


def _materials(materials: Any, forms: Mapping[str, Any]) -> list[dict[str, Any]]:
    return _rows("material", [_material(one, forms) for one in materials])


def _material(material: Material, forms: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": material.name,
        "originals": material.originals,
        "copies": material.copies,
        "form": material.form,
        "source": material.source,
        "required": material.required,
        "deferrable": material.deferrable,
        "note": material.note,
        "sample": None,
        "blank": forms[material.blank].pk if material.blank else None,
        "only_for": material.only_for,
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "name": step.name,
        "post": step.post,
        "action": step.action,
        "limit": step.limit,
        "unit": step.unit,
        "ways": [{"label": label, "to": to} for label, to in (way.split("→") for way in step.ways.split("，") if way)],
        "only_for": step.only_for,
    }


def _basis(basis: Basis) -> dict[str, Any]:
    # The document in the reading room, if that plugin is there and has it.
    page = Page.objects.live().filter(title=basis.title).first()
    return {"title": basis.title, "article": basis.article, "page": page.pk if page else None}


def _document(form: BlankForm) -> Any:
    """A form as a Word file among the documents."""
    paper, content = docx.Document(), BytesIO()
    paper.add_heading(form.title, level=1)
    for line in form.lines:
        paper.add_paragraph(line)
    paper.save(content)
    return get_document_model().objects.create(
        title=form.title, file=ContentFile(content.getvalue(), name=form.file_name)
    )
