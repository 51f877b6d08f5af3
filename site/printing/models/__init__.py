"""What printing keeps in the database, and a right."""

from .packs import Pack
from .papers import PaperVersion
from .room import PrintRoom

__all__ = ["Pack", "PaperVersion", "PrintRoom"]
