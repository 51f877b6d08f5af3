"""Which characters the fonts at hand can draw: a sheet with a missing character is refused, not printed as a box.

Asks fontconfig, which holds every font's character map already; reading the files again would cost 50 MB.
"""

import ctypes
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Any

from weasyprint.text.ffi import ffi, fontconfig

from printing import fonts

# Spaces, line ends and other characters that draw nothing.
_INVISIBLE = {"Cc", "Cf", "Zs", "Zl", "Zp", "Mn"}


def families(font_config: Any) -> set[str]:
    """The families that this WeasyPrint font configuration lets through."""
    return {_family(pattern) for pattern in _patterns(font_config)}


def fallbacks(characters: Iterable[str], font_config: Any) -> set[str]:
    """The visible characters that some text font lacks, so that another font may have to draw them."""
    visible = _visible(characters)
    found: set[str] = set()
    for pattern in _patterns(font_config):
        if _family(pattern) not in fonts.RARE:
            found |= _lacking(pattern, visible - found)
    return found


def uncovered(characters: Iterable[str], font_config: Any) -> list[str]:
    """The visible characters among ``characters`` that no font has, in order."""
    lacking = _visible(characters)
    for pattern in _patterns(font_config):
        if lacking:
            lacking = _lacking(pattern, lacking)
    return sorted(lacking)


def _visible(characters: Iterable[str]) -> set[str]:
    return {one for one in characters if unicodedata.category(one) not in _INVISIBLE}


def _lacking(pattern: Any, characters: set[str]) -> set[str]:
    library = _library()
    charset = ctypes.c_void_p()
    address = int(ffi.cast("uintptr_t", pattern))
    if library.FcPatternGetCharSet(address, b"charset", 0, ctypes.byref(charset)) != fontconfig.FcResultMatch:
        return characters
    return {one for one in characters if not library.FcCharSetHasChar(charset, ord(one))}


@cache
def _library() -> ctypes.CDLL:
    library = ctypes.CDLL("libfontconfig.so.1")
    library.FcPatternGetCharSet.argtypes = (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int, ctypes.c_void_p)
    library.FcCharSetHasChar.argtypes = (ctypes.c_void_p, ctypes.c_uint32)
    return library


def _family(pattern: Any) -> str:
    value = ffi.new("FcChar8 **")
    if fontconfig.FcPatternGetString(pattern, b"family", 0, value) != fontconfig.FcResultMatch:
        return ""
    name: str = ffi.string(value[0]).decode()
    return name


def _patterns(font_config: Any) -> list[Any]:
    fonts = fontconfig.FcConfigGetFonts(font_config._config, fontconfig.FcSetSystem)
    return [] if fonts == ffi.NULL else [fonts.fonts[index] for index in range(fonts.nfont)]
