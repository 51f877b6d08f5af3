"""Makes the tables and says how far it is: they take half a minute, on a busy machine several."""

import re

from . import say
from .commands import manage


def migrate() -> None:
    """Run Django's `migrate`. Raises Problem where it fails."""
    total = done = 0
    with say.step("准备数据库") as tell:

        def heard(line: str) -> None:
            nonlocal total, done
            announced = re.fullmatch(r"\s*Migrations to apply: (\d+)\s*", line)
            if announced:
                total = int(announced[1])
            elif re.match(r"\s*Applying .+\.\.\. OK", line):
                done += 1
                tell(done, total)

        manage("migrate", "--no-input", heard=heard)
