"""What hearings give to printing and to search."""

from wagtail import hooks

from printing import Printable

from .domain.printables import hearing_papers


@hooks.register("register_printables")
def papers() -> list[Printable]:
    return hearing_papers()
