"""What printing keeps in the database."""

from .packs import Pack

__all__ = ["Pack"]
