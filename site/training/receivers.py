"""What follows when something of training goes live."""

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver
from wagtail.signals import page_published

from .domain.lifecycle.study_pages import turned_down
from .domain.materials.versions import record_version
from .models import MaterialFile, MaterialPage, Sheet, StudyPage, Writing
from .storage import delete_when_committed


@receiver(page_published, sender=MaterialPage)
def keep_version(sender: type[MaterialPage], instance: MaterialPage, **kwargs: Any) -> None:
    record_version(instance)


@receiver(post_delete, sender=MaterialFile)
@receiver(post_delete, sender=Sheet)
def take_the_file_along(instance: MaterialFile | Sheet, **kwargs: Any) -> None:
    """A row that is deleted takes its file with it."""
    stored = instance.picture if isinstance(instance, Sheet) else instance.file
    if stored:
        delete_when_committed(str(stored.name))


@receiver(post_delete, sender=StudyPage)
def not_published_any_more(instance: StudyPage, **kwargs: Any) -> None:
    """Deleted by an editor, or with its section; a writing that goes itself needs no word."""
    if writing := Writing.objects.filter(pk=instance.writing_id).first():
        turned_down(writing)
