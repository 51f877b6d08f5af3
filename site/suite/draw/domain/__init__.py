"""Draws, for the rest of the suite."""

from .lifecycle import (
    PublicResult,
    Strings,
    Subject,
    amend,
    carry_out,
    close_hashes,
    commit,
    draw_again,
    enter_result,
    freeze,
    prepare,
    reveal,
    void,
)
from .queries import draws_of, result_of, selected, waiting_list, waiting_lists

__all__ = [
    "PublicResult",
    "Strings",
    "Subject",
    "amend",
    "carry_out",
    "close_hashes",
    "commit",
    "draw_again",
    "draws_of",
    "enter_result",
    "freeze",
    "prepare",
    "result_of",
    "reveal",
    "selected",
    "void",
    "waiting_list",
    "waiting_lists",
]
