"""Bringing every index up to date with objects as the database holds them now."""

import logging
from collections.abc import Sequence

from django.apps import apps
from modelsearch.backends import get_search_backends

from search.backends.stored import StoredBackend

logger = logging.getLogger("search")


def index_objects(app_label: str, model_name: str, pks: Sequence[object]) -> None:
    """Put the objects of one model into the index, or take out those that no longer belong there.

    One commit of the index for all. An index that can't be written is logged, not raised: `update_index` mends it.
    """
    model = apps.get_model(app_label, model_name)
    try:
        for backend in get_search_backends(with_auto_update=True):
            if isinstance(backend, StoredBackend):
                backend.update(model, pks)
            else:
                for obj in model._default_manager.filter(pk__in=pks):
                    if (instance := obj.get_indexed_instance()) is not None:
                        backend.add(instance)
    except Exception:
        logger.exception("%s objects of %s could not be indexed: run manage.py update_index", len(pks), model_name)
