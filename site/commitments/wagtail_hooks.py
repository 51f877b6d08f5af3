"""What monthly commitments give to the suite; each part of the work has a module of its own."""

from wagtail import hooks

from suite.roles import Role

from . import demo
from .permissions import (
    APPROVE,
    APPROVE_NOTICE,
    DECIDE_OBJECTION,
    FILE,
    KEY_IN,
    RUN,
    VERIFY,
    VIEW,
    VIEW_NOTICES,
)

_KINDS = [f"commitments.{verb}_workkind" for verb in ("add", "change", "delete", "view")]
_LEADING = [FILE, VIEW, APPROVE, APPROVE_NOTICE, DECIDE_OBJECTION]


@hooks.register("register_roles")
def roles() -> list[Role]:
    """Cadres file; leaders file and approve; supervisors verify; liaisons key in; the efficiency office runs it."""
    return [
        Role("cadre", permissions=[FILE]),
        Role("liaison", permissions=[FILE, KEY_IN]),
        Role("leader", permissions=_LEADING),
        Role("head", permissions=_LEADING),
        Role("supervisor", permissions=[VERIFY]),
        Role(
            "efficiency_office",
            permissions=[FILE, VIEW, KEY_IN, RUN, VIEW_NOTICES, "commitments.change_commitmentssettings", *_KINDS],
        ),
    ]


hooks.register("build_demo", demo.build)


from . import (  # noqa: E402, F401
    board_hooks,
    form_hooks,
    month_hooks,
    notice_hooks,
    office_hooks,
    paper_hooks,
    result_hooks,
)
