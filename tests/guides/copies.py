"""Many guides quickly: written straight into the database, past the gate, as copies of one that went through it."""

import uuid

from django.db import connection
from wagtail.models import Page

from guides.models import GuidePage, GuidePlace, GuideVersion


def copies(guide, count):
    """``count`` more live guides beside this one, with its places, life events and first version."""
    before = set(GuidePage.objects.values_list("pk", flat=True))
    last = Page.objects.get(pk=guide.pk).get_last_sibling()
    rows = []
    for number in range(len(before), len(before) + count):
        last.path = last._inc_path()
        slug = f"{chr(97 + number % 26)}-{number}"
        url_path = guide.url_path.removesuffix(f"{guide.slug}/") + f"{slug}/"
        new = (last.path, slug, url_path, f"{guide.title}{number}", f"{guide.title}{number}", uuid.uuid4().hex)
        rows.append((*new, guide.pk))
    changed = ["path", "slug", "url_path", "title", "draft_title", "translation_key"]
    columns = [field.column for field in Page._meta.local_concrete_fields if field.column not in ("id", *changed)]
    own = [field.column for field in GuidePage._meta.local_concrete_fields if field.column != "page_ptr_id"]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO wagtailcore_page ({', '.join(changed + columns)}) "  # noqa: S608 - names of columns
            f"SELECT {', '.join(['%s'] * len(changed) + columns)} FROM wagtailcore_page WHERE id = %s",
            rows,
        )
        cursor.execute(
            f"INSERT INTO guides_guidepage (page_ptr_id, {', '.join(own)}) "  # noqa: S608 - names of columns
            f"SELECT p.id, {', '.join('g.' + name for name in own)} FROM wagtailcore_page AS p, guides_guidepage AS g "
            "WHERE g.page_ptr_id = %s AND p.path >= %s AND p.path <= %s AND p.depth = %s",
            [guide.pk, rows[0][0], rows[-1][0], guide.depth],
        )
    Page.objects.filter(pk=guide.get_parent().pk).update(numchild=len(before) + count)
    new = set(GuidePage.objects.values_list("pk", flat=True)) - before
    GuidePlace.objects.bulk_create(
        GuidePlace(page_id=pk, unit_id=place.unit_id, window=place.window) for pk in new for place in guide.places.all()
    )
    events = GuidePage.life_events.through
    events.objects.bulk_create(
        events(guidepage_id=pk, lifeevent_id=event.pk) for pk in new for event in guide.life_events.all()
    )
    first = guide.versions.last()
    GuideVersion.objects.bulk_create(
        GuideVersion(page_id=pk, number=1, valid_from=first.valid_from, elements=first.elements) for pk in new
    )
