"""The code on a slip."""

import secrets

# Without those that look alike on paper.
_CODE = "23456789abcdefghjkmnpqrstuvwxyz"


def new_code() -> str:
    """What somebody without an account sees their sign-up with: 10 characters, 49 bits."""
    return "".join(secrets.choice(_CODE) for place in range(10))
