"""What a policy document looks like on paper."""

from collections.abc import Iterable

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from policies.domain.queries import applicable
from policies.enums import Validity
from policies.models import PolicyPage, PolicyTheme
from printing import Sheet
from printing.domain.booklets import Part, booklet_sheet, why_not_at_once
from printing.domain.gongwen import gongwen_sheet
from suite.theme.dates import in_full
from suite.theme.office import current_office, public_address


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


def theme_booklet(theme: PolicyTheme) -> Sheet:
    """Every document of a theme that applies and that anyone may read, newest first."""
    policies = applicable(theme)
    days = [policy.last_published_at for policy in policies if policy.last_published_at]
    return booklet_sheet(
        kind="policy-booklet",
        title=_("Booklet of policies: %(theme)s") % {"theme": theme.name},
        parts=[Part(policy.title, str(policy.body), _origin(policy)) for policy in policies],
        issuer=current_office().township_name,
        day=localdate(max(days)) if days else None,
        empty=_what_is_empty(),
    )


def no_booklet(theme: PolicyTheme) -> str:
    """Why the booklet of a theme is not made while somebody waits."""
    return why_not_at_once(theme.name, applicable(theme), _what_is_empty())


def _what_is_empty() -> str:
    return _("It holds the published documents of this theme that are in force: record the validity of each.")


def _origin(policy: PolicyPage) -> str:
    day = in_full(policy.issued_on)
    return "　".join(filter(None, [policy.issuing_body, policy.number, day, str(policy.listed_validity.label)]))


def theme_by_key(key: str) -> PolicyTheme | None:
    return PolicyTheme.objects.filter(pk=key).first() if key.isascii() and key.isdigit() else None


def theme_keys() -> Iterable[str]:
    return map(str, PolicyTheme.objects.values_list("pk", flat=True))


def policy_by_key(key: str) -> PolicyPage | None:
    """A document by its page number."""
    return PolicyPage.objects.filter(pk=key).first() if key.isdigit() else None


def policy_keys() -> Iterable[str]:
    return map(str, PolicyPage.objects.live().values_list("pk", flat=True).iterator())
