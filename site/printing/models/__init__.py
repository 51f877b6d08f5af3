"""What printing keeps in the database, and a right."""

from .packs import Pack
from .room import PrintRoom

__all__ = ["Pack", "PrintRoom"]
