"""Codes on paper: short, said and typed by people, not to be guessed."""

import secrets
import unicodedata

# One of each group that eyes mix up (5 S, 8 B, U V …), and nothing that reads as nought or one.
ALPHABET = "23456789ACEFHJKMNPQRTUWXY"
LENGTH = 8
_MIXED_UP = str.maketrans({"B": "8", "D": "Q", "G": "6", "O": "Q", "S": "5", "V": "U", "Z": "2", "0": "Q", "1": "7"})


def new_code() -> str:
    """A code at random: 25 to the power of 8 there are."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def read_code(typed: str) -> str:
    """The code somebody means: case, blanks, dashes, full width, look-alikes and an address before it do not matter.

    '' where it cannot be one, whatever was meant.
    """
    plain = unicodedata.normalize("NFKC", typed).strip("/ ").rpartition("/")[2].upper().translate(_MIXED_UP)
    code = "".join(character for character in plain if character.isalnum())
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""


def spaced(code: str) -> str:
    """The code as it is printed, in two halves."""
    return f"{code[: LENGTH // 2]} {code[LENGTH // 2 :]}"
