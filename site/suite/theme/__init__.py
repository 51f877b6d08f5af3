"""How everything looks, and the two things a plugin may place on another's page: tiles and facts."""

from .rows import HomeTile, PageFact

__all__ = ["HomeTile", "PageFact"]
