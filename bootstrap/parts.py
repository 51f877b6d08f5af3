"""The parts that pip cannot install: the libraries and fonts of paper, the browser of the tests.

Debian's packages bring them where this user may install packages; elsewhere we say what to install.
"""

import ctypes
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from . import places, say
from .commands import CommandFailed, run

_FONTS = places.SITE / "printing" / "fonts.py"
_LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
    "libfontconfig.so.1": "libfontconfig1",
}
# Playwright's driver is a Node.js of its own that leans on these.
_DRIVER_LIBRARIES = {"libatomic.so.1": "libatomic1", "libstdc++.so.6": "libstdc++6"}
_SCREEN_FONTS = ("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", "/usr/share/fonts/opentype/noto")
# The environment and the rights with which apt-get asks nothing.
_APT = ("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120")


@dataclass(frozen=True)
class Part:
    """Something that may be missing. ``lacking`` gives the Debian packages that are not there; installing all of
    them takes ``megabytes`` on the system's disk.
    """

    key: str
    title: str
    without: str
    lacking: Callable[[], list[str]]
    finish: Callable[[], bool] = lambda: True
    megabytes: int = 0


def _absent(libraries: Mapping[str, str]) -> list[str]:
    """The packages of those libraries that cannot be loaded."""
    missing = []
    for library, package in libraries.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    return missing


def _browser() -> list[str]:
    missing = [] if shutil.which("chromium") else ["chromium"]
    missing += _absent(_DRIVER_LIBRARIES)
    return missing + ([] if any(Path(font).exists() for font in _SCREEN_FONTS) else ["fonts-wqy-microhei"])


def _fonts_are_there() -> bool:
    try:
        run(sys.executable, _FONTS, "status")
    except CommandFailed:
        return False
    return True


def _fetch_fonts() -> bool:
    if _fonts_are_there():
        return True
    with say.step("下载公文字体"):
        try:
            run(sys.executable, _FONTS, "install", timeout=1200)
        except CommandFailed:
            return False
    return True


PDF = Part(
    "pdf",
    "打印 PDF 的系统库与字体",
    "不能生成 PDF(公告、公文的打印件)",
    lambda: _absent(_LIBRARIES),
    _fetch_fonts,
    megabytes=300,
)
CHROMIUM = Part("chromium", "Chromium 浏览器与屏幕字体", "浏览器中的测试做不了", _browser, megabytes=600)


def needs(wanted: Iterable[Part]) -> dict[Path, int]:
    """The room that installing these parts takes: folder -> megabytes, for room.check_disk()."""
    lacking = [part for part in wanted if part.lacking()]
    return {Path("/usr"): sum(part.megabytes for part in lacking)} if lacking and _may_install() else {}


def provide(part: Part) -> str | None:
    """Install what a part lacks. Returns None when it is complete, else one line: what to install by hand."""
    packages = part.lacking()
    if packages and _may_install():
        with say.step(f"安装{part.title}"):
            _apt_install(packages)
        packages = part.lacking()
    if packages:
        return f"缺少{part.title}:{part.without}。请安装 / install: sudo apt-get install {' '.join(packages)}"
    if not part.finish():
        return (
            f"缺少公文字体:{part.without}。请检查网络后再运行一次 / check the network and run this again "
            f"({_FONTS.relative_to(places.ROOT)} install)"
        )
    return None


def _rights() -> list[str] | None:
    """What to put before apt-get: nothing as root, sudo where it asks for no password; None where neither is so."""
    if os.geteuid() == 0:
        return []
    try:
        run("sudo", "-n", "true", timeout=10)
    except CommandFailed:
        return None
    return ["sudo", "-n"]


def _may_install() -> bool:
    return bool(shutil.which("apt-get")) and _rights() is not None


def _apt_install(packages: list[str]) -> None:
    rights = _rights() or []
    try:
        run(*rights, *_APT, "update", timeout=600)
        run(*rights, *_APT, "install", "-y", "--no-install-recommends", *packages, timeout=1800)
    except CommandFailed:
        return  # the caller looks at what is there now; the log has apt's words
