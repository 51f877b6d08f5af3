"""The search library's app with our receivers in place of its own; stands in INSTALLED_APPS for "modelsearch"."""

from modelsearch.apps import ModelSearchAppConfig


class SearchLibraryConfig(ModelSearchAppConfig):
    """Keeps the library's name, label and models."""

    def ready(self) -> None:
        super().ready()
        from search.receivers import take_over

        take_over()
