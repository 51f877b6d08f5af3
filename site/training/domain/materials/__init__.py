"""What other rooms ask of the materials."""

from . import readers, versions
from .readers import is_meant_for, may_read, readable_by
from .versions import sheet_count

__all__ = ["is_meant_for", "may_read", "readable_by", "readers", "sheet_count", "versions"]
