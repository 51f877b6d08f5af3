"""Which hearings are public, and where: those whose notice page everybody can read."""

from collections.abc import Iterable

from django.db.models import QuerySet

from hearings.models import CircularPage, Hearing, HearingNoticePage, MinutesPage


def notices() -> QuerySet[HearingNoticePage]:
    """The notice pages that everybody can read, newest first; the newest of a hearing is its address."""
    return HearingNoticePage.objects.live().public().order_by("-first_published_at", "-pk")


def public_hearings() -> QuerySet[Hearing]:
    """Hearings with a notice page that everybody can read."""
    return Hearing.objects.filter(pk__in=notices().order_by().values("hearing"))


def addresses(hearings: Iterable[Hearing], request: object = None) -> dict[int, str]:
    """Where the notice page of each hearing is, by its key: one query for all."""
    found: dict[int, str] = {}
    for page in notices().filter(hearing__in=[hearing.pk for hearing in hearings]):
        found.setdefault(page.hearing_id, page.get_url(request) or "")
    return found


def minutes_of(hearing: Hearing) -> MinutesPage | None:
    """The published minutes 听证纪要."""
    return MinutesPage.objects.live().public().filter(hearing=hearing).order_by("-first_published_at").first()


def circulars_of(hearing: Hearing) -> list[CircularPage]:
    """The published circulars 情况通报, newest first."""
    return list(CircularPage.objects.live().public().filter(hearing=hearing).order_by("-first_published_at"))
