"""Who may do what in a register of pages."""

from typing import Any

from wagtail_modeladmin.helpers import PagePermissionHelper


class ListedPages(PagePermissionHelper):
    """The list is for who has the model's view permission: wagtail-modeladmin would show drafts to the whole admin.

    Asked without a page, whether somebody may edit or delete at all: which pages, each page's own permissions say.
    """

    def user_can_list(self, user: Any) -> bool:
        return bool(user.has_perm(f"{self.opts.app_label}.view_{self.opts.model_name}"))

    def user_can_edit_obj(self, user: Any, obj: Any) -> bool:
        return self.user_can_list(user) if obj is None else bool(super().user_can_edit_obj(user, obj))

    def user_can_delete_obj(self, user: Any, obj: Any) -> bool:
        return self.user_can_list(user) if obj is None else bool(super().user_can_delete_obj(user, obj))
