"""What an office starts with: the two stages at the root of the page tree, and the page permissions of the roles."""

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from suite.roles.domain import group

from .models import ApprovalTask, CheckTask

# Role -> what it may do with every page, in Wagtail's words. Publishing covers taking a page down, never putting it up.
PAGE_PERMISSIONS = {
    "editor": ("add", "change"),
    "checker": ("change",),
    "approver": ("add", "change", "publish", "lock", "unlock"),
}
FILE_PERMISSIONS = tuple(
    f"{app}.{action}_{model}"
    for app, model in (("wagtailimages", "image"), ("wagtaildocs", "document"))
    for action in ("add", "change", "choose")
)


@transaction.atomic
def set_up() -> None:
    """Create what is missing; called after every migrate. What an office changed by hand stays as it is, except that
    the root of the page tree always gets a workflow with both stages: without one nothing could go live."""
    root = Page.get_first_root_node()
    if root is None:
        return
    for key, permissions in PAGE_PERMISSIONS.items():
        _grant(group(key), root, permissions)
    assigned = WorkflowPage.objects.filter(page=root).select_related("workflow").first()
    if assigned is None or not _has_both_stages(assigned.workflow):
        WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": _workflow()})


def _grant(members: Group, root: Page, permissions: tuple[str, ...]) -> None:
    if not GroupPagePermission.objects.filter(group=members).exists():
        for permission in permissions:
            GroupPagePermission.objects.create(group=members, page=root, permission_type=permission)
    if not GroupCollectionPermission.objects.filter(group=members).exists():
        for label in FILE_PERMISSIONS:
            app, codename = label.split(".")
            GroupCollectionPermission.objects.create(
                group=members,
                collection=Collection.get_first_root_node(),
                permission=Permission.objects.get(content_type__app_label=app, codename=codename),
            )


def _has_both_stages(workflow: Workflow) -> bool:
    return workflow.active and all(
        model.objects.filter(workflow_tasks__workflow=workflow, active=True).exists()
        for model in (CheckTask, ApprovalTask)
    )


def _workflow() -> Workflow:
    """A workflow with both stages: one that is there, or a new one."""
    for workflow in Workflow.objects.active():
        if _has_both_stages(workflow):
            return workflow
    with translation.override(settings.LANGUAGE_CODE):
        workflow = Workflow.objects.create(name=_("Check and approval"))
        stages = ((CheckTask, _("check stage"), "checker"), (ApprovalTask, _("approval stage"), "approver"))
        for order, (model, name, key) in enumerate(stages):
            task = model.objects.create(name=name)
            task.groups.set([group(key)])
            WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    _remove_wagtails_own()
    return workflow


def _remove_wagtails_own() -> None:
    """Wagtail starts with an English workflow of one stage and two English groups; they go while nobody uses them."""
    for workflow in Workflow.objects.filter(name="Moderators approval", workflow_states=None):
        tasks = list(workflow.tasks)
        workflow.delete()
        for task in tasks:
            if not task.workflow_tasks.exists() and not task.task_states.exists():
                task.delete()
    Group.objects.filter(name__in=["Moderators", "Editors"], user=None).delete()
