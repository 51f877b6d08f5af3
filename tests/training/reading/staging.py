"""A town whose people are asked to read materials; what is published is put there without the workflow."""

import datetime

from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page, Site

from organisation.models import Person
from suite.body.from_text import blocks_from_text
from suite.roles.domain import group
from tests.training.town import Town
from training.domain.lifecycle import reading as lifecycle
from training.domain.materials.versions import current
from training.domain.reading import shown
from training.domain.reading.asked import tasks
from training.domain.reading.standing import Standing
from training.domain.staff import Staff
from training.enums import VideoState
from training.models import MaterialIndexPage, MaterialPage, MaterialVersion, Video

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

    def material(self, title="保密须知", sheets=0, lines=None, **fields):
        """A material that is published, in its first version, with so many lines of text: one where it has neither
        sheets nor a video."""
        fields = {"kind": "document", "audience": "staff", "live": False, **fields}
        lines = int(not sheets and "video" not in fields) if lines is None else lines
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
            has_text=bool(page.body),
            video=page.video,
        )

    @staticmethod
    def video(seconds=60):
        """A video that was checked and lasts so long; None: it does not say how long."""
        return Video.objects.create(
            title="演练", file_name="a.webm", content_type="video/webm", size=9, seconds=seconds, state=VideoState.READY
        )

    def ask(self, material, due=FRIDAY, reason="上级要求", roles=(), units=(), people=()):
        """The clerk asks; roles by key."""
        named = {"roles": [group(role) for role in roles], "units": list(units), "people": list(people)}
        return lifecycle.ask(material, due, reason, self.clerk.user, **named)

    @staticmethod
    def look(person, material):
        """The person is shown every part of the present version."""
        version = current(material)
        for number in shown.parts_of(version):
            shown.note(person, version, number)

    def read(self, person, material):
        """The person is shown everything and confirms."""
        self.look(person, material)
        return lifecycle.confirm(person, material, current(material).number)


def unread(people=None, **which):
    """Who has not read what, as the table of many says; each one's own list has to say the same."""
    staff = Staff()
    found = {
        (member.name, one.title, one.due[member.pk])
        for member, left in Standing(staff, people, **which).unread_by_person()
        for one in left
    }
    if people is None and not which:
        said = {
            (one.name, task.material.title, task.due)
            for one in Person.objects.all()
            for task in tasks(one)
            if not task.is_read
        }
        assert said == found
    return sorted(found)
