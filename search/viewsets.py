"""The editor's screens for the words of the search."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from search.attachments.viewsets import FilesViewSet
from search.domain import rewriting
from search.misses.register import MissRegister
from search.models import OfficeWord, Synonym
from search.words_views import following, trial
from suite.registers.columns import yes_no
from suite.registers.register import RegisterGroup


class SynonymViewSet(SnippetViewSet):
    model = Synonym
    icon = "order"
    list_display = [
        "words",
        Column("one_way", label=_("only from the first to the others"), accessor=lambda row: yes_no(row.one_way)),
    ]
    search_fields = ["words"]
    panels = [FieldPanel("words"), FieldPanel("one_way")]


class OfficeWordIndexView(IndexView):
    """The words, how far the re-indexing is, and how a sentence is cut."""

    @cached_property
    def unsettled(self) -> frozenset[str]:
        return rewriting.unsettled()

    @cached_property
    def columns(self) -> list[Any]:
        counts = Column("counts", label=_("where it counts"), accessor=self.where_it_counts)
        return [*super().columns, counts]

    def where_it_counts(self, word: OfficeWord) -> str:
        """Whether every document knows a word already."""
        if word.word in self.unsettled:
            return gettext("in questions at once, in documents soon")
        return gettext("everywhere")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        return context | {"following": following(self.request), "trial": trial(self.request)}


class OfficeWordViewSet(SnippetViewSet):
    model = OfficeWord
    icon = "list-ul"
    list_display = ["word"]
    search_fields = ["word"]
    panels = [FieldPanel("word")]
    index_view_class = OfficeWordIndexView
    index_template_name = "search/words/index.html"


class SearchWordsGroup(RegisterGroup):
    """What the office teaches the search."""

    menu_label = _("Search words")
    menu_icon = "search"
    menu_order = 260
    registers = (MissRegister,)
    items = (SynonymViewSet, OfficeWordViewSet, FilesViewSet)
