"""The fields of a Whoosh index. Whoosh pickles them into every index: names here can't move without a rebuild."""

from collections.abc import Iterator, Mapping
from typing import Any

from whoosh.columns import NumericColumn, VarBytesColumn
from whoosh.fields import COLUMN, FieldType, Schema
from whoosh.formats import Existence


class Terms(FieldType):
    """Terms that `search.analysis` has already counted, as a mapping of term to weight.

    Whoosh's own analysers would make a token object of every word; lengths in a byte cost relevance, so they are
    columns of their own and the field is not "scorable".
    """

    def __init__(self) -> None:
        super().__init__(format=Existence(), analyzer=None)

    def index(self, value: Mapping[str, float], **kwargs: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        for term, weight in value.items():
            yield term.encode("utf-8", "replace"), 1, float(weight), b""


class Key(FieldType):
    """The key of a document: found as a term when it is replaced, read from a column when it is a hit."""

    unique = True
    column_type = VarBytesColumn()

    def __init__(self) -> None:
        super().__init__(format=Existence(), analyzer=None, unique=True, sortable=VarBytesColumn())

    def index(self, value: str, **kwargs: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        yield value.encode(), 1, 1.0, b""


def schema() -> Schema:
    """The fields of every index, the same for all models."""
    return Schema(
        key=Key(),
        words=Terms(),
        pairs=Terms(),
        starts=Terms(),
        words_length=COLUMN(NumericColumn("I")),
        pairs_length=COLUMN(NumericColumn("I")),
        fingerprint=COLUMN(NumericColumn("I")),
    )
