"""Sheet in, PDF out. WeasyPrint is loaded on first use, and one rendering runs at a time in a process.

Fonts, stylesheets and the font configuration are made once: a new configuration costs 50 ms a document and
grows memory. Pango's font map is not made for several threads, hence the lock.
"""

import ctypes
import logging
import os
import threading
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from printing import fonts
from printing.sheets import Mark, Sheet

STYLESHEETS = Path(__file__).resolve().parents[1] / "stylesheets"
_lock = threading.Lock()
# WeasyPrint warns of every property of a web page's CSS that paper does not know.
logging.getLogger("weasyprint").setLevel(logging.ERROR)


class PrintingUnavailable(ValidationError):
    """This machine, or its fonts, cannot print the sheet; the message says what to install."""


@dataclass(frozen=True)
class Rendered:
    """A PDF, and in words what of the sheet could not be put into it (pictures)."""

    content: bytes
    warnings: tuple[str, ...] = ()


def render(sheet: Sheet, mark: Mark | None = None) -> Rendered:
    """The sheet as a tagged PDF (PDF/UA-1) with its title, language and subset fonts.

    In place of a picture that is missing, damaged or too large its description is printed, and a warning names it.
    Raises PrintingUnavailable when a library or font is missing, or when no font has a character of the text.
    """
    with _lock:
        try:
            return _engine().render(render_html(sheet, mark), sheet.style, sheet.names)
        finally:
            _give_back_memory()


def _give_back_memory() -> None:
    """Return freed memory to the system, 30 MB after a few notices; the C library keeps it. Takes 0.3 ms."""
    with suppress(AttributeError, OSError):  # another C library than GNU's
        ctypes.CDLL("libc.so.6").malloc_trim(0)


def render_pdf(sheet: Sheet, mark: Mark | None = None) -> bytes:
    """The PDF alone; see `render`."""
    return render(sheet, mark).content


def render_html(sheet: Sheet, mark: Mark | None = None) -> str:
    """The sheet filled in, in the sheet's language, before it is set."""
    printed = sheet.printed or timezone.localdate()
    with translation.override("zh-hans" if sheet.language.startswith("zh") else sheet.language):
        return render_to_string(
            sheet.template,
            {
                **sheet.context,
                "sheet": sheet,
                "mark": mark,
                "printed": printed,
                "qr": _qr(mark.address if mark else sheet.address),
            },
        )


def _qr(address: str) -> str:
    """The address as a QR picture (data URI); '' without an address."""
    if not address:
        return ""
    import segno

    code = segno.make(address, error="m", micro=False)
    return code.svg_data_uri(border=0, omitsize=True)


@cache
def _engine() -> "Engine":
    return Engine()


class Engine:
    """WeasyPrint with our fonts: made once, after checking that its parts are there."""

    def __init__(self) -> None:
        if libraries := fonts.missing_libraries():
            raise PrintingUnavailable(
                _("PDF needs libraries that are missing here. Ask the administrator to install: %(packages)s")
                % {"packages": " ".join(libraries)}
            )
        try:
            os.environ["FONTCONFIG_FILE"] = str(fonts.write_config())
        except OSError as error:
            raise PrintingUnavailable(
                _("%(folder)s cannot be written (%(reason)s): printing keeps its list of fonts there.")
                % {"folder": fonts.folder(), "reason": error.strerror}
            ) from error
        import weasyprint

        from .setting import justification
        from .setting.fetcher import MediaFetcher

        justification.apply()
        self._weasyprint = weasyprint
        self._font_config = weasyprint.text.fonts.FontConfiguration()
        self._fetcher = MediaFetcher()
        self._styles: dict[str, list[Any]] = {}
        self._require_fonts()

    def _require_fonts(self) -> None:
        from .setting.coverage import families

        present = families(self._font_config)
        rare = fonts.RARE
        if any(not (set(chain) - rare) & present for chain in fonts.FAMILIES.values()):
            raise PrintingUnavailable(
                _("Fonts for printing are missing (%(files)s). Ask the administrator to run: %(command)s")
                % {
                    "files": ", ".join(font.file for font in fonts.missing()),
                    "command": "python3 site/printing/fonts.py install",
                }
            )

    def _stylesheets(self, style: str) -> list[Any]:
        if style not in self._styles:
            self._styles[style] = [
                self._weasyprint.CSS(string=text, font_config=self._font_config)
                for text in (
                    _families(),
                    *(_stylesheet(name) for name in dict.fromkeys(("sheet", "text", *style.split()))),
                )
            ]
        return self._styles[style]

    def render(self, html: str, style: str, names: Collection[str] = ()) -> Rendered:
        """Parse, refuse what cannot be drawn, lay out and write."""
        from .setting.coverage import uncovered
        from .setting.preparation import characters, prepare

        document = self._weasyprint.HTML(
            string=html, base_url=settings.WAGTAILADMIN_BASE_URL, url_fetcher=self._fetcher
        )
        shown = characters(document.etree_element)
        if lacking := uncovered(shown, self._font_config):
            raise PrintingUnavailable(
                _("No font has these characters: %(characters)s. Install a font that has them, or change the text.")
                % {"characters": ", ".join(f"{character} (U+{ord(character):04X})" for character in lacking[:20])}
            )
        self._fetcher.refused = []
        prepare(document.etree_element, shown, self._font_config, names)
        pdf: bytes = document.write_pdf(
            stylesheets=self._stylesheets(style), font_config=self._font_config, pdf_variant="pdf/ua-1"
        )
        return Rendered(pdf, tuple(dict.fromkeys(self._fetcher.refused)))


def _stylesheet(name: str) -> str:
    """A stylesheet of printing's own, or of a plugin: ``app/name``."""
    app, _slash, file = name.rpartition("/")
    folder = Path(apps.get_app_config(app).path) / STYLESHEETS.name if app else STYLESHEETS
    return (folder / f"{file}.css").read_text(encoding="utf-8")


def _families() -> str:
    """The font chains as CSS custom properties: --fang, --kai, --hei, --heavy, --song, --title."""
    chains = (
        "--{}: {};".format(role, ", ".join(f'"{name}"' for name in families))
        for role, families in fonts.FAMILIES.items()
    )
    return f":root {{ {' '.join(chains)} }}"
