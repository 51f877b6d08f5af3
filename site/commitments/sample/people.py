"""Who of the sample does what in which month. Months are counted from the oldest, 0, to the present one, 5."""

from __future__ import annotations

from typing import Any

from commitments.domain.carrying import unfinished
from commitments.domain.responsibility import Approvers
from commitments.domain.rows import as_draft
from commitments.models import Commitment, Promise, WorkKind
from commitments.permissions import user_can_file
from organisation.models import Unit

from .days import Days
from .leading import LEADING
from .office import OFFICE
from .shapes import KINDS
from .teams import TEAMS

TASKS = {**LEADING, **OFFICE, **TEAMS}
MONTHS = 6
LAST, PRESENT = 4, 5
OFFICER, SUPERVISORS = "efficiency_office", ("supervisor", "wujiahui")
# (month, person): what is not as usual.
LATE = {(0, "luyao"), (1, "yejingyi"), (2, "cadre"), (3, "baishan"), (4, "window_clerk"), (PRESENT, "luyao")}
NOT_FILED = {(3, "tanghuaijin"), (PRESENT, "tanghuaijin"), (PRESENT, "cadre")}
RETURNED = {(1, "helanying")}
ON_PAPER = {(0, "tanghuaijin"), (2, "baishan")}
AMENDED = (2, "qizhiqiang", "亮化")
AWAY = (2, "xiongfeiyan", "shizhenbang")
# The present month: what waits on the desks of who approves, and what was sent back.
WAITING = {"head", "leading_group", "baishan", "window_clerk"}
SENT_BACK = "editor"
ASKS_FOR_CHANGE = "liaison"
# Last month: whose results nobody has reported, verified, decided yet.
UNREPORTED, UNVERIFIED, UNDECIDED = {"liaison"}, {"yejingyi", "luyao"}, {"helanying"}
# Who does not keep a promise, and which; the second time in the last month that is decided (see `Sample.second`).
FAILS, FIRST_FAILURE, SECOND_FAILURE = "cadre", "病虫害", "承包纠纷"
_ROWS, _LEADING_ROWS = 3, 2
_VILLAGES = ("shequ", "shangtang", "xiatang", "liuan", "shigu", "zhuwu", "fenglin", "yunling", "chaxi")


class Sample:
    """What all months share."""

    def __init__(self, township: Any) -> None:
        self.township = township
        self.keys = {township.people[key].pk: key for key in TASKS}
        self.order = {key: number for number, key in enumerate(TASKS)}
        self.kinds = {
            name: WorkKind.objects.get_or_create(name=name, defaults={"order": order})[0].pk
            for order, name in enumerate(KINDS, 1)
        }
        self.officer = township.user(OFFICER)
        self._users = {person.pk: person.user for person in township.people.values() if person.user_id}
        self._approvers = Approvers()
        # The month whose second failure has a notice; `demo.build` decides.
        self.second = LAST - 1

    def key(self, commitment: Commitment) -> str:
        return self.keys[commitment.person_id]

    def user(self, commitment: Commitment) -> Any:
        return self._users[commitment.person_id]

    def files_alone(self, commitment: Commitment) -> bool:
        """Whether they file on the desk; administrators hand in paper."""
        return bool(user_can_file(self.user(commitment)))

    def approver(self, commitment: Commitment) -> Any:
        """The account that approves it."""
        found = self._approvers.of(commitment.person, commitment.unit)
        assert found is not None  # noqa: S101 - somebody is in charge of every unit of the sample
        return self._users[found.person.pk]

    def supervisor(self, unit: Unit) -> Any:
        return self.township.user(SUPERVISORS[unit.pk % len(SUPERVISORS)])

    def rows(self, commitment: Commitment, number: int, days: Days) -> list[dict[str, str]]:
        """The rows of the form: what was left over from the month before comes first."""
        key = self.key(commitment)
        carried = unfinished(commitment.person, commitment.month)[:1]
        tasks = TASKS[key]
        count = _ROWS if key not in LEADING and self.files_alone(commitment) else _LEADING_ROWS
        due = [min(days.of(8 + 4 * row + self.order[key] % 4), days.last).isoformat() for row in range(count)]
        left = [
            {**row, "due": due[0], "carried_from": str(one.pk)}
            for row, one in zip(as_draft(carried), carried, strict=True)
        ]
        new = []
        for row in range(count - len(left)):
            task = tasks[(number * _LEADING_ROWS + row) % len(tasks)]
            words = self._words(key, number, row)
            texts = {name: getattr(task, name).format(**words) for name in ("work", "measures", "goal")}
            new.append({"kind": str(self.kinds[task.kind]), **texts, "due": due[row + len(left)]})
        return [*left, *new]

    def result(self, promise: Promise, number: int) -> str:
        """What is reported of a promise that was kept."""
        key = self.key(promise.commitment)
        for row in range(_ROWS):
            task = TASKS[key][(number * _LEADING_ROWS + row) % len(TASKS[key])]
            words = self._words(key, number, row)
            if task.work.format(**words) == promise.work:
                return task.result.format(**words)
        return "上月遗留的部分已补办完，材料归档。"

    def _words(self, key: str, number: int, row: int) -> dict[str, Any]:
        place = self.order[key]
        village = self.township.units[_VILLAGES[(place * 2 + number * 5 + row) % len(_VILLAGES)]]
        return {
            "v": village.name,
            "n": 2 + (place + 3 * number + row) % 7,
            "m": 20 + (place * 37 + number * 53 + row * 17) % 160,
            "month": (self.township.today.month - PRESENT + number - 1) % 12 + 1,
        }
