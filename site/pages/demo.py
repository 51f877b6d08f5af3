"""The notices, news and columns of the sample township, written, checked and approved by its people."""

from typing import Any

from wagtail.models import Site

from suite.body.from_html import blocks_from_markdown
from suite.numbering.demo import taking

from .models import NewsPage, NoticePage, OpenAffairsPage, SectionPage
from .sample import NOTICES, SampleNotice

COLUMNS = {
    "finance": ("财政收支", "每季度公布一次，公布前由镇财务公开报审小组审核。", 92, "caizheng"),
    "tenders": ("招标投标", "工程和采购的招标、中标结果。", 60, "jingji"),
}


def build(township: Any) -> None:
    """Hook ``build_demo``: twelve pages below the sections that every site starts with, the oldest first."""
    home = Site.objects.get(is_default_site=True).root_page
    sections = {section.title: section for section in SectionPage.objects.child_of(home)}
    places = {"notices": sections["通知公告"], "news": sections["工作动态"]}
    for key, (title, intro, interval, unit) in COLUMNS.items():
        column = OpenAffairsPage(
            title=title, intro=intro, update_interval_days=interval, responsible_unit=township.units[unit]
        )
        places[key] = township.publish(column, sections["政务公开"], days_ago=90)
    for sample in sorted(NOTICES, key=lambda notice: -notice.days_ago):
        number = taking(township, sample.series, sample.days_ago)
        township.publish(
            _page(township, sample), places[sample.section], days_ago=sample.days_ago, before_submit=number
        )


def _page(township: Any, sample: SampleNotice) -> NoticePage | NewsPage:
    years = {"year": township.day(-sample.days_ago).year, "next_year": township.day(-sample.days_ago).year + 1}
    unit = township.units[sample.unit]
    fields = {
        "title": sample.title.format(**years),
        "body": blocks_from_markdown(sample.text.format(**years)),
        "responsible_unit": unit,
        "contact_phone": unit.phone,
    }
    if sample.section == "news":
        return NewsPage(**fields)
    return NoticePage(**fields, recipients="各村、社区" if sample.series else "")
