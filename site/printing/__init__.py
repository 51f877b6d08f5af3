"""The one door to paper: a Sheet goes in, PDF comes out. Knows no plugin; plugins register Printables."""

from .sheets import Mark, Pointer, Printable, Sheet

__all__ = ["Mark", "Pointer", "Printable", "Sheet"]
