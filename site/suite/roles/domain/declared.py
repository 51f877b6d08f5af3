"""All plugins' declarations put together."""

from dataclasses import replace

from suite.hooks import collect
from suite.roles import Role


def declared_roles() -> dict[str, Role]:
    """Every declared role by key: the name from whoever names it, permissions from all, sorted."""
    roles: dict[str, Role] = {}
    for part in collect("register_roles"):
        known = roles.get(part.key, Role(part.key))
        roles[part.key] = replace(
            known,
            name=known.name or part.name,
            description=known.description or part.description,
            permissions=tuple(sorted({*known.permissions, *part.permissions})),
        )
    return roles
