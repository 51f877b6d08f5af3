"""The one door to paper: a Sheet goes in, PDF comes out. Knows no plugin; plugins register Printables."""

from .sheets import Mark, Printable, Sheet

__all__ = ["Mark", "Printable", "Sheet"]
