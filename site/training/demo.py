"""The training of the sample township, room by room."""

from __future__ import annotations

from typing import Any

from .sample import courses, reading, skills, writings
from .sample import reading, skills, writings
from .sample import materials, skills, writings
from .sample import materials, reading, skills, writings


def build(township: Any) -> None:
    """Hook ``build_demo``: each room of `training.sample` builds its own part."""
    reading.build(township)
    materials.build(township)
    skills.build(township)
    writings.build(township)
    courses.build(township)
