"""Bringing the index up to date with objects as the database holds them now."""

import logging
from collections import defaultdict
from collections.abc import Sequence

from django.apps import apps
from django.db import transaction
from django.db.models import Model
from modelsearch.backends import get_search_backends

logger = logging.getLogger("search")


def index_objects(app_label: str, model_name: str, pks: Sequence[object]) -> None:
    """Put the objects of one model into the index, or take out those that no longer belong there.

    One commit of the index for all. An index that can't be written is logged, not raised: `update_index` mends it.
    """
    model = apps.get_model(app_label, model_name)
    found = model._default_manager.filter(pk__in=pks)
    instances = [instance for obj in found if (instance := obj.get_indexed_instance()) is not None]
    wanted: dict[type[Model], list[Model]] = defaultdict(list)
    unwanted: list[Model] = []
    for instance in instances:
        wanted[type(instance)].append(instance)
    for kind, objects in wanted.items():
        belong = set(kind.get_indexed_objects().filter(pk__in=[o.pk for o in objects]).values_list("pk", flat=True))
        unwanted += [instance for instance in objects if instance.pk not in belong]
        wanted[kind] = [instance for instance in objects if instance.pk in belong]
    try:
        with transaction.atomic():  # gathers the changes to one commit of the index
            for backend in get_search_backends(with_auto_update=True):
                for kind, objects in wanted.items():
                    backend.add_bulk(kind, objects)
                for instance in unwanted:
                    backend.delete(instance)
    except Exception:
        logger.exception("%s objects of %s could not be indexed: run manage.py update_index", len(pks), model_name)
