"""Page types behind the gate."""

from .page import PublishedPage

__all__ = ["PublishedPage"]
