"""What hearings give to the suite; each part of the work has a module of its own."""

from wagtail import hooks

from suite.roles import Role

from .permissions import (
    DECIDE,
    KEY_IN,
    RECORD_POSTING,
    RECORD_SESSION,
    REPORT,
    REPORT_MEASURE,
    RUN,
    VIEW,
    VIEW_TOPICS,
)

_THEMES = [f"hearings.{verb}_hearingtheme" for verb in ("add", "change", "delete", "view")]


@hooks.register("register_roles")
def roles() -> list[Role]:
    """The villages' people report, post and key in; the efficiency office runs hearings; units report measures."""
    village = [REPORT, VIEW_TOPICS, VIEW, RECORD_POSTING, KEY_IN]
    answering = [VIEW, REPORT_MEASURE]
    return [
        Role("liaison", permissions=village),
        Role("publicist", permissions=village),
        Role("agent", permissions=[VIEW, RECORD_POSTING, KEY_IN]),
        Role(
            "efficiency_office",
            permissions=[*village, DECIDE, RUN, RECORD_SESSION, REPORT_MEASURE, *_THEMES],
        ),
        Role("editor", permissions=[VIEW]),
        Role("cadre", permissions=answering),
        Role("leader", permissions=answering),
        Role("head", permissions=answering),
    ]


from . import (  # noqa: E402, F401
    desk_hooks,
    following_hooks,
    paper_hooks,
    person_hooks,
    public_hooks,
    rule_hooks,
    search_hooks,
    session_hooks,
    village_hooks,
)
