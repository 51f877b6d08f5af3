"""What a text of the sample is."""

from dataclasses import dataclass

# Kinds of work of the sample office, in their order.
KINDS = ("重点项目", "农业农村", "民生保障", "平安建设", "效能与服务", "党建与队伍")
PROJECT, FARMING, PEOPLE, SAFETY, SERVICE, PARTY = KINDS


@dataclass(frozen=True)
class Task:
    """One promise of somebody: what stands in the form, and what is reported when it was kept.

    ``{v}`` is a village, ``{n}`` a small and ``{m}`` a larger number; they differ from month to month.
    """

    kind: str
    work: str
    measures: str
    goal: str
    result: str


Tasks = dict[str, tuple[Task, ...]]
