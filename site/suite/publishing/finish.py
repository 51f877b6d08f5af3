"""What Wagtail calls when a workflow ends (setting WAGTAIL_FINISH_WORKFLOW_ACTION).

A module of its own without imports: Wagtail loads it while its models, and so ours, are still loading.
"""

from typing import Any


def finish_workflow(workflow_state: Any, user: Any = None) -> None:
    """Clear and publish the page of `workflow_state`, or raise `PublicationRefused`, which undoes the last step."""
    from suite.publishing.domain import clearing

    clearing.clear_after_workflow(workflow_state, user)
