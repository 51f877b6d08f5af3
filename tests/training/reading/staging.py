"""A town whose people are asked to read materials; what is published is put there without the workflow."""

import datetime

from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page, Site

from suite.body.from_text import blocks_from_text
from suite.roles.domain import group
from tests.training.town import Town
from training.domain.lifecycle import reading as lifecycle
from training.domain.materials.versions import current
from training.domain.reading import shown
from training.models import MaterialIndexPage, MaterialPage, MaterialVersion

# A Monday.
NOW = datetime.datetime(2026, 11, 2, 9, 0, tzinfo=timezone.get_fixed_timezone(480))
TODAY = NOW.date()
ONE_DAY = datetime.timedelta(days=1)
FRIDAY = TODAY + 4 * ONE_DAY


class Time:
    """The office's time, stopped at ``now``; let it pass with ``go(days=1)``."""

    def __init__(self, now=NOW):
        self.now = now

    def go(self, **passed):
        self.now += datetime.timedelta(**passed)


def put(page, *, live):
    """The page is live or not, past the workflow, which only a test may do: it asks the database itself."""
    QuerySet(Page).filter(pk=page.pk).update(live=live)
    page.live = live


class Room(Town):
    """A town with a section of materials and the clerk who runs training."""

    def __init__(self):
        super().__init__()
        home = Site.objects.get(is_default_site=True).root_page
        self.index = home.add_child(instance=MaterialIndexPage(title="学习资料", live=False))
        put(self.index, live=True)
        self.clerk = self.person("沈静", "efficiency_office", unit=self.office)

    def material(self, title="保密须知", sheets=0, lines=1, **fields):
        """A material that is published, in its first version, with so many lines of text."""
        fields = {"kind": "document", "audience": "staff", "live": False, **fields}
        page = self.index.add_child(
            instance=MaterialPage(title=title, body=blocks_from_text("第一条\n" * lines), **fields)
        )
        put(page, live=True)
        self.version(page, sheets=sheets)
        return page

    @staticmethod
    def version(page, matters=True, what_changed="", sheets=0):
        """The next version of the material."""
        last = current(page)
        return MaterialVersion.objects.create(
            material=page,
            number=last.number + 1 if last else 1,
            matters=matters,
            what_changed=what_changed,
            published_at=timezone.now(),
            sheets=sheets,
        )

    def ask(self, material, due=FRIDAY, reason="上级要求", roles=(), units=(), people=()):
        """The clerk asks; roles by key."""
        named = {"roles": [group(role) for role in roles], "units": list(units), "people": list(people)}
        return lifecycle.ask(material, due, reason, self.clerk.user, **named)

    @staticmethod
    def look(person, material):
        """The person is shown every sheet of the present version."""
        version = current(material)
        for number in shown.sheets_of(version):
            shown.note(person, version, number)

    def read(self, person, material):
        """The person is shown everything and confirms."""
        self.look(person, material)
        return lifecycle.confirm(person, material, current(material).number)
