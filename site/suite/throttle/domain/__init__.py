"""Letting through and refusing."""

from .passages import WINDOW, TooMany, forget, let_through, refuse_too_many

__all__ = ["WINDOW", "TooMany", "forget", "let_through", "refuse_too_many"]
