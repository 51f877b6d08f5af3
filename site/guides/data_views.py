"""The addresses of the open data."""

import hashlib
import json
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date
from django.views.decorators.http import require_safe
from wagtail.models import Page

from .domain.open_data import index_data, item_data, last_change, public_guides
from .models import GuidePage


@require_safe
def data_index(request: HttpRequest) -> HttpResponse:
    """Every public item: identifier, title, version, and where its own data are."""

    def data_address(guide: GuidePage) -> str:
        return request.build_absolute_uri(reverse("guides:data_item", args=[guide.translation_key]))

    return _answer(request, index_data(_address(request), data_address))


@require_safe
def data_item(request: HttpRequest, key: UUID) -> HttpResponse:
    """One item with all its elements; what the public may not read does not exist here."""
    guide = public_guides().filter(translation_key=key).first()
    if guide is None:
        raise Http404
    return _answer(request, item_data(guide, _address(request)))


def _address(request: HttpRequest) -> Any:
    def address(page: Page) -> str:
        return request.build_absolute_uri(page.get_url(request) or "/")

    return address


def _answer(request: HttpRequest, data: dict[str, Any]) -> HttpResponse:
    content = json.dumps(data, ensure_ascii=False, indent=1)
    etag = f'"{hashlib.sha256(content.encode()).hexdigest()[:32]}"'
    changed = last_change()
    response = HttpResponse(content, content_type="application/json; charset=utf-8")
    response["ETag"] = etag
    response["Last-Modified"] = http_date(changed.timestamp())
    # Any site may read it; whether it is still public is asked each time.
    response["Access-Control-Allow-Origin"] = "*"
    patch_cache_control(response, public=True, no_cache=True)
    return get_conditional_response(request, etag, int(changed.timestamp()), response) or response
