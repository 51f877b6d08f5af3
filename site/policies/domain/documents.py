"""What a policy document looks like on paper."""

from collections.abc import Iterable

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from policies.enums import Validity
from policies.models import PolicyPage
from printing import Sheet
from printing.domain.gongwen import gongwen_sheet
from suite.theme.office import public_address


def policy_sheet(policy: PolicyPage) -> Sheet:
    """The document in the shape of 公文; the issuing body signs where it is known."""
    return gongwen_sheet(
        kind="policy",
        title=policy.title,
        number=policy.number,
        body_html=str(policy.body),
        signatory=policy.issuing_body,
        day=policy.issued_on,
        attachments=[str(attachment) for attachment in policy.attachments.all()],
        status=_("Validity: %(validity)s") % {"validity": policy.validity_status.label},
        changed=localdate(policy.last_published_at) if policy.last_published_at else None,
        ended=_("It has been repealed.") if policy.validity_status == Validity.REPEALED else "",
        draft=not policy.live,
        address=public_address(policy),
        name=policy.title,
    )


def policy_by_key(key: str) -> PolicyPage | None:
    """A document by its page number."""
    return PolicyPage.objects.filter(pk=key).first() if key.isdigit() else None


def policy_keys() -> Iterable[str]:
    return map(str, PolicyPage.objects.live().values_list("pk", flat=True).iterator())
