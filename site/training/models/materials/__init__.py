"""Training materials: pages of the editorial workflow, the files they show, and their versions."""

from .files import MaterialFile, Sheet
from .pages import MaterialIndexPage, MaterialPage, MaterialPicture
from .versions import MaterialVersion, VersionPart

__all__ = [
    "MaterialFile",
    "MaterialIndexPage",
    "MaterialPage",
    "MaterialPicture",
    "MaterialVersion",
    "Sheet",
    "VersionPart",
]
