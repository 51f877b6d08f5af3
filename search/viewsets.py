"""The editor's screens for the words of the search."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from search.attachments.viewsets import FilesViewSet
from search.models import Synonym


class SynonymViewSet(SnippetViewSet):
    model = Synonym
    icon = "order"
    list_display = ["words", "one_way"]
    search_fields = ["words"]
    panels = [FieldPanel("words"), FieldPanel("one_way")]


class SearchWordsGroup(SnippetViewSetGroup):
    """What the office teaches the search."""

    menu_label = _("Search words")
    menu_icon = "search"
    menu_order = 260
    items = (SynonymViewSet, FilesViewSet)
