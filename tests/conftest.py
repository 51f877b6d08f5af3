"""What every test may use."""

from pathlib import Path

from django.utils.translation.reloader import translation_file_changed

from suite.translation.compile import compile_catalogues


def pytest_configure() -> None:
    """Compile the Chinese catalogues, which are not committed, and drop what Django had read before them."""
    for written in compile_catalogues(Path(__file__).resolve().parents[1]):
        translation_file_changed(None, written)
