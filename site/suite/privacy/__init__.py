"""No personal number in anything public: finds them in text and pages, and masks them in lists.

Requirement: no national ID number, mobile number or bank account of a person in pages, PDF, exports, index, logs.
There is no list of exceptions: the phones of offices are landlines.
"""

from .names import masked
from .numbers import Kind, Number, find, mask
from .pages import Finding, find_in_page
from .public import name_refused, number_refused, require_public

__all__ = [
    "Finding", "Kind", "Number", "find", "find_in_page", "mask", "masked", "name_refused", "number_refused",
    "require_public",
]  # fmt: skip
