"""The product's own handbook (docs/handbook) as training materials, so that an office starts with something real."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.images import ImageFile
from django.db import transaction
from wagtail.images import get_image_model
from wagtail.models import Page, Site

from suite.body.from_html import blocks_from_markdown
from training.enums import Audience, MaterialKind
from training.models import MaterialIndexPage, MaterialPage

HANDBOOK = Path(settings.BASE_DIR) / "docs" / "handbook"
# One page for each job, then one for each part of the product, in the order in which an office reads them.
CHAPTERS = (
    "villager",
    "cadre",
    "leader",
    "supervisor",
    "liaison",
    "editor",
    "checker",
    "guides",
    "search",
    "printing",
    "hearings",
    "commitments",
    "training",
)
SECTION = "使用手册"
_TITLE = "# "
_PICTURE = re.compile(r"!\[([^\]]+)\]\((pictures/[^)]+)\)")


@dataclass(frozen=True)
class Chapter:
    """One file of the handbook. ``pictures``: what they show, by their address in the text."""

    key: str
    title: str
    introduction: str
    text: str
    pictures: dict[str, str]

    @property
    def source_key(self) -> str:
        return f"handbook:{self.key}"


@dataclass
class Loaded:
    """What became of the chapters: new drafts, and pages that are there already and stay as the office has them."""

    new: list[MaterialPage] = field(default_factory=list)
    there: list[MaterialPage] = field(default_factory=list)


def chapters() -> Iterator[Chapter]:
    """The handbook as it lies in the product. Raises OSError where somebody has taken a file away."""
    for key in CHAPTERS:
        lines = (HANDBOOK / f"{key}.md").read_text(encoding="utf-8").splitlines()
        title, rest = lines[0].removeprefix(_TITLE), lines[1:]
        introduction = next(line for line in rest if line.strip())
        text = "\n".join(rest[rest.index(introduction) + 1 :])
        shown = {address: described for described, address in _PICTURE.findall(text)}
        yield Chapter(key, title, introduction, text, shown)


@transaction.atomic
def load_handbook(user: Any) -> Loaded:
    """Add each chapter that is not there yet as a draft of ``user``; they go live through the workflow, as all pages.

    What an office has loaded before is never written over: it may have made the text its own (requirement Q).
    """
    done = Loaded()
    there = {page.source_key: page for page in MaterialPage.objects.exclude(source_key="")}
    for chapter in chapters():
        if page := there.get(chapter.source_key):
            done.there.append(page)
        else:
            done.new.append(_draft(chapter, _section(user), user))
    return done


def page_of(chapter: Chapter, user: Any) -> MaterialPage:
    """The chapter as a page that is not saved yet; its pictures are among the site's pictures, each once."""
    pictures = {address: _image(address, described, user).pk for address, described in chapter.pictures.items()}
    return MaterialPage(
        title=chapter.title,
        kind=MaterialKind.DOCUMENT,
        # Nothing in it is secret, and anybody may see how the office works.
        audience=Audience.VILLAGERS,
        introduction=chapter.introduction,
        body=blocks_from_markdown(chapter.text, pictures=pictures),
        source_key=chapter.source_key,
    )


def _draft(chapter: Chapter, section: Page, user: Any) -> MaterialPage:
    page = page_of(chapter, user)
    page.owner = user
    section.add_child(instance=page)
    page.save_revision(user=user)
    return page


def _section(user: Any) -> Page:
    """Where the handbook stands; a draft of a section of its own where there is none yet."""
    chapter = MaterialPage.objects.filter(source_key__startswith="handbook:").first()
    if chapter:
        return chapter.get_parent()
    section = MaterialIndexPage(title=SECTION, owner=user)
    Site.objects.get(is_default_site=True).root_page.add_child(instance=section)
    section.save_revision(user=user)
    return section


def _image(address: str, described: str, user: Any) -> Any:
    path = HANDBOOK / address
    content = path.read_bytes()
    digest = hashlib.sha1(content, usedforsecurity=False).hexdigest()  # what Wagtail keeps of each picture
    model = get_image_model()
    if known := model.objects.filter(file_hash=digest).first():
        return known
    with path.open("rb") as file:
        return model.objects.create(
            title=described[:255],
            file=ImageFile(file, path.name),
            file_hash=digest,
            uploaded_by_user=user,
        )
