"""The editor's screens for the words of the search."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from search.attachments.viewsets import FilesViewSet
from search.misses.register import MissRegister
from search.models import Synonym
from suite.registers.register import RegisterGroup


class SynonymViewSet(SnippetViewSet):
    model = Synonym
    icon = "order"
    list_display = ["words", "one_way"]
    search_fields = ["words"]
    panels = [FieldPanel("words"), FieldPanel("one_way")]


class SearchWordsGroup(RegisterGroup):
    """What the office teaches the search."""

    menu_label = _("Search words")
    menu_icon = "search"
    menu_order = 260
    registers = (MissRegister,)
    items = (SynonymViewSet, FilesViewSet)
