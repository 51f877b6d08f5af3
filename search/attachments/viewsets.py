"""The editor's list of files that can't be searched, with the reason, the pages they are on, and “try again”."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.documents import get_document_model
from wagtail.models import Page
from wagtail.permissions import policy_registry

from search.attachments import working
from search.attachments.models import FileText
from search.attachments.outcomes import ADVICE, READABLE, SEARCHED_ALL_THE_SAME, Outcome
from search.attachments.tasks import read_file
from search.attachments.texts import pages_by_document

PER_PAGE = 30
CHANGE = ["change", "delete"]


def keeps_files(user: Any) -> bool:
    """Whether somebody may change files of any collection."""
    return bool(policy_registry.get_by_type(get_document_model()).user_has_any_permission(user, CHANGE))


def files_of(user: Any) -> QuerySet[FileText]:
    """What is known of the files that somebody may change."""
    policy = policy_registry.get_by_type(get_document_model())
    return FileText.objects.filter(document__in=policy.instances_user_has_any_permission_for(user, CHANGE)).defer(
        "text"
    )


class KeeperMixin(View):
    """For those who may change files."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not keeps_files(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class FilesView(KeeperMixin, WagtailAdminTemplateMixin, TemplateView):
    """What can't be searched, those on published pages first."""

    template_name = "search/files.html"
    page_title = gettext_lazy("Files that can't be searched")
    header_icon = "doc-full-inverse"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        files = files_of(self.request.user)
        counts = dict(files.order_by().values_list("outcome").annotate(Count("pk")))
        trouble = files.filter(outcome__in=ADVICE).values_list("pk", flat=True)
        pages = pages_by_document(trouble)
        live = set(
            Page.objects.live()
            .filter(pk__in={key for keys in pages.values() for key in keys})
            .values_list("pk", flat=True)
        )
        ordered = sorted(trouble, key=lambda key: (live.isdisjoint(pages.get(key, ())), -key))
        paging = Paginator(ordered, PER_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(**kwargs) | {
            "paging": paging,
            "rows": _rows(list(paging), pages),
            "searched": sum(counts.get(outcome, 0) for outcome in READABLE),
            "waiting": counts.get(Outcome.WAITING, 0),
        }


def _rows(keys: list[int], pages: dict[int, list[int]]) -> list[dict[str, Any]]:
    files = FileText.objects.select_related("document").defer("text").in_bulk(keys)
    titles = Page.objects.in_bulk({page for key in keys for page in pages.get(key, ())})
    return [
        {
            "file": files[key],
            "reason": Outcome(files[key].outcome).label,
            "advice": ADVICE[Outcome(files[key].outcome)],
            "can_be_tried": files[key].outcome not in SEARCHED_ALL_THE_SAME,
            "pages": [titles[page] for page in pages.get(key, ()) if page in titles],
        }
        for key in keys
        if key in files
    ]


class TryAgainView(KeeperMixin):
    """POST: have one file read again."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        row = get_object_or_404(files_of(request.user), pk=pk)
        working.try_again(row.pk)
        read_file.enqueue(row.pk)
        messages.success(request, _("“%(title)s” is being read again. Look here in a minute.") % {"title": row})
        return redirect("search_files:index")


class FilesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return keeps_files(request.user)


class FilesViewSet(ViewSet):
    """In the menu beside the words of the search."""

    name = "search_files"
    url_prefix = "search-files"
    icon = "doc-full-inverse"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.construct_view(FilesView), name="index"),
            path("<int:pk>/again/", self.construct_view(TryAgainView), name="again"),
        ]

    def get_menu_item(self, order: int | None = None) -> MenuItem:
        label = gettext_lazy("Files that can't be searched")
        return FilesMenuItem(
            label, reverse("search_files:index"), name="search-files", icon_name=self.icon, order=order
        )
