"""What the registers of training share: who sees them, and who changes what."""

from __future__ import annotations

from typing import Any

from wagtail_modeladmin.helpers import PermissionHelper

from training.permissions import RUN, VIEW


class Records(PermissionHelper):
    """Seen by who may see what others have learnt; changed by actions alone, deleted by nobody."""

    def user_can_list(self, user: Any) -> bool:
        return bool(user.has_perm(VIEW))

    def user_can_inspect_obj(self, user: Any, obj: Any) -> bool:
        return bool(user.has_perm(VIEW))

    def user_can_create(self, user: Any) -> bool:
        return False

    def user_can_edit_obj(self, user: Any, obj: Any) -> bool:
        return False

    def user_can_delete_obj(self, user: Any, obj: Any) -> bool:
        return False


class KeptByOffice(Records):
    """Kept by who runs training."""

    def user_can_create(self, user: Any) -> bool:
        return bool(user.has_perm(RUN))

    def user_can_edit_obj(self, user: Any, obj: Any) -> bool:
        return bool(user.has_perm(RUN))

    def user_can_delete_obj(self, user: Any, obj: Any) -> bool:
        return bool(user.has_perm(RUN))
