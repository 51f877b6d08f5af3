"""What training gives to the suite; each part of the work has a module of its own in `training.hooks`."""

from wagtail import hooks

from suite.roles import Role

from . import demo
from .permissions import KEY_IN, RUN, VIEW, VIEW_ALL


@hooks.register("register_roles")
def roles() -> list[Role]:
    """The efficiency office runs training; leaders, heads and supervisors see it; villages key in paper lists."""
    return [
        Role("efficiency_office", permissions=[RUN, VIEW, VIEW_ALL, KEY_IN, "training.change_trainingsettings"]),
        Role("supervisor", permissions=[VIEW, VIEW_ALL]),
        *(Role(key, permissions=[VIEW]) for key in ("leader", "head")),
        *(Role(key, permissions=[KEY_IN]) for key in ("liaison", "publicist", "agent")),
    ]


hooks.register("build_demo", demo.build)


from .hooks import (  # noqa: E402, F401
    attendance,
    courses,
    materials,
    quizzes,
    reading,
    registers,
    shadowing,
    skills,
    videos,
    writings,
    years,
)
