"""The registers of training: their menu, and who may open them."""

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from suite.permissions import PermissionRow
from training.viewsets import TrainingGroup

register_snippet(TrainingGroup)


@hooks.register("permission_rows")
def rows() -> list[PermissionRow]:
    return [row for register in TrainingGroup().register_instances for row in register.permission_rows()]
