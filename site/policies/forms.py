"""Forms of the admin's two records; the rules are in domain/lifecycle.py."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput, AdminPageChooser

from .domain.lifecycle import check_confidentiality, record_validity
from .models import PolicyPage, ValidityRecord


class RecordForm(forms.Form):
    """Saves through a domain function; what that refuses becomes an error beside the field."""

    def __init__(self, *args: Any, policy: PolicyPage, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.policy = policy
        self.user = user

    def save(self) -> bool:
        """Whether the record was written; if not, the form shows why."""
        try:
            self.write()
        except ValidationError as error:
            self.add_error(None, error)
            return False
        return True

    def write(self) -> None:
        raise NotImplementedError


class ConfidentialityForm(RecordForm):
    read = forms.BooleanField(
        label=_(
            "I have read the newest draft with its attachments; it holds no state secret, no work secret and no "
            "personal data that must not be public."
        )
    )
    basis = forms.CharField(label=_("Basis or remark"), max_length=300, required=False)

    def write(self) -> None:
        check_confidentiality(self.policy, self.user, self.cleaned_data["basis"])


class ValidityForm(RecordForm, forms.ModelForm):
    class Meta:
        model = ValidityRecord
        fields = ["status", "since", "replaced_by", "basis"]
        widgets = {"since": AdminDateInput, "replaced_by": AdminPageChooser(target_models=[PolicyPage])}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].initial = timezone.localdate()

    def write(self) -> None:
        record_validity(self.policy, user=self.user, **self.cleaned_data)
