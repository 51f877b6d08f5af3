"""The policy documents of the sample township, written, checked and approved by its people."""

from datetime import timedelta
from typing import Any

from wagtail.models import Site

from suite.body.from_html import blocks_from_markdown
from suite.body.from_text import blocks_from_text
from suite.numbering.demo import taking
from suite.numbering.notation import parse

from .domain.lifecycle import check_confidentiality, record_validity
from .enums import Validity
from .models import PolicyIndexPage, PolicyPage, PolicyTheme, ReadingPage
from .sample import POLICIES, SamplePolicy


def build(township: Any) -> None:
    """Hook ``build_demo``: a reading room with themes, documents in force and one repealed, and readings."""
    home = Site.objects.get(is_default_site=True).root_page
    room = PolicyIndexPage.objects.first() or township.publish(
        PolicyIndexPage(
            title="政策文件",
            slug="policies",
            show_in_menus=True,
            introduction="本镇和上级的政策文件、法律法规，按原文公布。看不懂的，请看解读，或打电话问便民服务受理室。",
        ),
        home,
    )
    themes = {
        name: PolicyTheme.objects.create(name=name, order=order)
        for order, name in enumerate(dict.fromkeys(sample.theme for sample in POLICIES), 1)
    }
    # In the order of their issue, for their numbers follow it.
    oldest_first = sorted(POLICIES, key=lambda sample: -sample.days_ago)
    pages = {sample.key: _document(township, sample, room, themes) for sample in oldest_first}
    for sample in POLICIES:
        _validity(township, sample, pages)
        if sample.reading:
            page = ReadingPage(
                title=sample.reading_title, policy=pages[sample.key], body=blocks_from_markdown(sample.reading)
            )
            township.publish(page, room, days_ago=sample.days_ago - 2)


def _document(township: Any, sample: SamplePolicy, room: PolicyIndexPage, themes: dict[str, PolicyTheme]) -> PolicyPage:
    issued_on = township.today - timedelta(days=sample.days_ago)
    number = sample.number.format(year=issued_on.year)
    # This year's come from the register, which took over from paper in January.
    kept = issued_on.year == township.today.year
    page = PolicyPage(
        title=sample.title,
        number="" if kept else number,
        issuing_body="石桥镇人民政府",
        issued_on=issued_on,
        effective_on=issued_on,
        theme=themes[sample.theme],
        body=blocks_from_text(sample.text),
    )
    return township.publish(
        page,
        room,
        days_ago=sample.days_ago,
        before_check=lambda draft: _check(township, draft),
        before_submit=taking(township, parse(number).prefix if kept else "", sample.days_ago),
    )


def _check(township: Any, draft: PolicyPage) -> None:
    check_confidentiality(draft, township.user("checker"), basis="发文时已审")


def _validity(township: Any, sample: SamplePolicy, pages: dict[str, PolicyPage]) -> None:
    page = pages[sample.key]
    approver = township.user("approver")
    record_validity(page, Validity.IN_FORCE, page.issued_on, approver)
    if sample.replaced_by:
        newer = pages[sample.replaced_by]
        record_validity(
            page, Validity.REPEALED, newer.issued_on, approver, replaced_by=newer, basis=f"{newer.number}第七条"
        )
