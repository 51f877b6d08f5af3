"""Several PDF files become one, with a bookmark for each."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pypdf import PdfReader, PdfWriter
from pypdf.generic import BooleanObject, DictionaryObject, NameObject, TextStringObject


@dataclass(frozen=True)
class Part:
    """A PDF file, what its bookmark says, and how often it is wanted."""

    file: Path
    title: str
    copies: int = 1


def merge(parts: Iterable[Part], target: Path, title: str, both_sides: bool = False) -> int:
    """Write the parts into `target`, one after the other; returns the number of pages.

    ``both_sides``: each copy begins on an odd page, so that two papers never share a sheet that is printed on both
    sides. Raises OSError, and what pypdf raises for a part that is no PDF.
    """
    writer = PdfWriter()
    for part in parts:
        reader = PdfReader(part.file)
        for copy in range(part.copies):
            if both_sides and len(writer.pages) % 2:
                writer.add_blank_page()
            writer.append(reader, outline_item=part.title if copy == 0 else None, import_outline=copy == 0)
    writer.add_metadata({"/Title": title})
    writer.root_object[NameObject("/Lang")] = TextStringObject("zh-CN")
    writer.root_object[NameObject("/ViewerPreferences")] = DictionaryObject(
        {NameObject("/DisplayDocTitle"): BooleanObject(True)}
    )
    writer.write(target)
    return len(writer.pages)
