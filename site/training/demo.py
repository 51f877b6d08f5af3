"""The training of the sample township, room by room."""

from __future__ import annotations

from typing import Any

from .sample import attendance, courses, handbook, materials, quizzes, reading, shadowing, skills, videos, writings


def build(township: Any) -> None:
    """Hook ``build_demo``: each room of `training.sample` builds its own part."""
    materials.build(township)
    handbook.build(township)
    reading.build(township)
    quizzes.build(township)
    skills.build(township)
    shadowing.build(township)
    videos.build(township)
    reading.watch(township)
    writings.build(township)
    courses.build(township)
    attendance.build(township)
