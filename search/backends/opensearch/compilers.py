"""From `modelsearch`'s query objects to one question to the server; filters and ordering are the library's."""

from typing import Any

from modelsearch import query as q
from modelsearch.backends.opensearch3 import OpenSearch3SearchQueryCompiler

from search.analysis import OfficeWords
from search.backends.opensearch import asking
from search.backends.opensearch.asking import Body
from search.backends.opensearch.mapping import Mapping

# Objects that are equally good or not ordered come by their keys, as numbers where they are numbers.
BY_KEY = [{"_number": {"order": "asc", "missing": "_last"}}, {"pk": "asc"}]
BY_KEY_BACKWARDS = [{"_number": {"order": "desc", "missing": "_last"}}, {"pk": "desc"}]


class QueryCompiler(OpenSearch3SearchQueryCompiler):
    """A question for whole words. Any word suffices: asking for all leaves most natural questions empty."""

    mapping_class = Mapping
    HANDLES_ORDER_BY_EXPRESSIONS = True
    # The words of the office by which documents may be cut still; the results say so before they ask.
    before: OfficeWords | None = None

    @property
    def ordered_by_expression(self) -> bool:
        """Whether only the database can order the hits."""
        return not self.order_by_relevance and any(not isinstance(each, str) for each in self.queryset.query.order_by)

    def _remap_fields(self, fields: list[str] | None) -> list[tuple[str, float]] | None:
        """The columns that are asked, with their boosts; None for all."""
        if fields is None:
            return None
        known = {field.field_name: field for field in self.get_searchable_fields()}
        columns = []
        for field in (known[name] for name in fields if name in known):
            boost = getattr(field, "boost", None) or 1  # those for typing have none
            columns.append((str(self.mapping.get_field_column_name(field)), float(boost)))
        return columns

    def get_inner_query(self) -> Body:
        return self.compiled(self.query)

    def compiled(self, query: q.SearchQuery) -> Body:  # noqa: PLR0911 (one line for each kind of query)
        """A query as the server takes it. Raises NotImplementedError for a kind that is not known here."""
        match query:
            case q.MatchAll():
                return {"match_all": {}}
            case q.Not(subquery=inner):
                return {"bool": {"must_not": [self.compiled(inner)]}}
            case q.And(subqueries=parts):
                return {"bool": {"must": [self.compiled(part) for part in parts]}}
            case q.Or(subqueries=parts):
                return {"bool": {"should": [self.compiled(part) for part in parts], "minimum_should_match": 1}}
            case q.Boost(subquery=inner, boost=boost):
                return _boosted(self.compiled(inner), boost)
            case q.PlainText(query_string=text, operator=operator, boost=boost):
                return _boosted(self.plain(text, operator == "and"), boost)
            case q.Fuzzy(query_string=text, operator=operator):
                return self.plain(text, operator == "and")
            case q.Phrase(query_string=text) if self.remapped_fields is None:
                return asking.phrase(text)
            case q.Phrase(query_string=text):
                return asking.phrase(text, self.remapped_fields)
        raise NotImplementedError(f"{type(query).__name__} is not supported by this search backend")

    def plain(self, text: str, every: bool) -> Body:
        """What was typed, as words."""
        if self.remapped_fields is None:
            return asking.plain(text, every, self.before)
        return asking.in_columns(text, every, self.remapped_fields, self.before)

    def get_sort(self) -> list[Any]:
        if self.order_by_relevance:
            return ["_score", *BY_KEY]
        return [*super().get_sort(), *BY_KEY_BACKWARDS] if self.queryset.ordered else BY_KEY_BACKWARDS


class AutocompleteCompiler(QueryCompiler):
    """A question of someone who is still typing: all of it must fit, the last word may be a beginning."""

    DEFAULT_OPERATOR = "and"

    def get_searchable_fields(self) -> list[Any]:
        return list(self.queryset.model.get_autocomplete_search_fields())

    def plain(self, text: str, every: bool) -> Body:
        if self.remapped_fields is None:
            return asking.while_typing(text)
        return asking.typed_in_columns(text, [name for name, _ in self.remapped_fields])


def _boosted(body: Body, boost: float) -> Body:
    return body if boost == 1 else {"bool": {"must": [body], "boost": boost}}
