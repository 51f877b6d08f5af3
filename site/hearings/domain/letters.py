"""Who raised a problem and is owed a notice letter 告知说明书 (requirement H)."""

from dataclasses import dataclass, field

from hearings.enums import FeedbackKind, MeasureState
from hearings.models import Feedback, Hearing, Measure, Problem, Representative, Topic


@dataclass
class Asker:
    """One who raised problems of a hearing: a representative, or whoever stands behind a topic from the pool."""

    representative: Representative | None = None
    topic: Topic | None = None
    problems: list[Problem] = field(default_factory=list)
    letters: list[Feedback] = field(default_factory=list)

    @property
    def measures(self) -> list[Measure]:
        return [measure for problem in self.problems for measure in problem.measures.all()]

    @property
    def open_measures(self) -> list[Measure]:
        return [measure for measure in self.measures if measure.state == MeasureState.OPEN]

    @property
    def may_be_told(self) -> bool:
        """Whether every problem has measures and all of them have ended, so that a letter can tell the outcome."""
        return all(problem.measures.all() for problem in self.problems) and not self.open_measures

    def is_for(self, feedback: Feedback) -> bool:
        if self.representative:
            return feedback.representative_id == self.representative.pk
        return self.topic is not None and feedback.topic_id == self.topic.pk

    def __str__(self) -> str:
        """For the office: the name; of a topic that bears none, who reported it or the topic itself."""
        if self.representative:
            return self.representative.name
        assert self.topic is not None  # noqa: S101 - one or the other
        return self.topic.raised_by or str(self.topic)


def askers(hearing: Hearing) -> list[Asker]:
    """Everybody who raised a problem, in the order of the agenda, each once.

    A topic stands for whoever raised it; those merged into it were raised by others, who get their own letter.
    """
    problems = hearing.problems.select_related("raised_by", "topic").prefetch_related("measures", "topic__merged")
    found: dict[tuple[str, int], Asker] = {}
    for problem in problems:
        if problem.raised_by:
            one = found.setdefault(("r", problem.raised_by.pk), Asker(representative=problem.raised_by))
            one.problems.append(problem)
        for topic in (problem.topic, *problem.topic.merged.all()) if problem.topic else ():
            found.setdefault(("t", topic.pk), Asker(topic=topic)).problems.append(problem)
    letters = list(hearing.feedback.filter(kind=FeedbackKind.LETTER))
    for one in found.values():
        one.letters = [letter for letter in letters if one.is_for(letter)]
    return list(found.values())


def without_letter(hearing: Hearing) -> list[Asker]:
    """Those to whom no letter was given out yet."""
    return [one for one in askers(hearing) if not one.letters]
