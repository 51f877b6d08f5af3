"""Which fonts and libraries paper needs, where they are, and how to fetch the fonts.

    python3 site/printing/fonts.py install    fetch what is missing into .fonts/ (no root needed)
    python3 site/printing/fonts.py status     say what is there and what is missing

Runs with the system's Python: only the standard library is imported here. Exit code 0 when nothing is
missing, 1 otherwise.
"""

import ctypes
import gzip
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parents[2]
SYSTEM_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
# Debian and Ubuntu packages with the libraries that WeasyPrint loads, and the library that tells each is there.
LIBRARIES = {
    "libpango-1.0-0": "libpango-1.0.so.0",
    "libpangoft2-1.0-0": "libpangoft2-1.0.so.0",
    "libharfbuzz-subset0": "libharfbuzz-subset.so.0",
}
# Families by role: the fonts that offices buy come first, then the free one that we fetch, then rare characters.
_RARE = ("AR PL UMing CN", "DejaVu Sans")
# Beside bold type a thin character looks like another person's handwriting: 堃 in a name on a door.
_RARE_HEI = ("WenQuanYi Micro Hei", *_RARE)
RARE = frozenset(_RARE_HEI)
FAMILIES: dict[str, tuple[str, ...]] = {
    "fang": ("仿宋_GB2312", "FangSong_GB2312", "方正仿宋_GBK", "仿宋", "FangSong", "STFangsong", "FandolFang", *_RARE),
    "kai": ("楷体_GB2312", "KaiTi_GB2312", "方正楷体_GBK", "楷体", "KaiTi", "STKaiti", "FandolKai", *_RARE),
    "hei": ("黑体", "SimHei", "方正黑体_GBK", "STHeiti", "FandolHei", *_RARE_HEI),
    "heavy": ("方正大黑简体", "FandolHei Bold", "黑体", "SimHei", *_RARE_HEI),
    "song": ("宋体", "SimSun", "方正书宋_GBK", "STSong", "FandolSong", *_RARE),
    "title": ("方正小标宋简体", "FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "方正小标宋", "FandolSong Bold", *_RARE),
}


@dataclass(frozen=True)
class Font:
    """A font file that we fetch: the Debian package it is in, its place there, and the family it is renamed to."""

    file: str
    package: str
    folder: str
    family: str = ""


_FANDOL = "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"
FONTS = (
    *(
        Font(f"Fandol{name}.otf", "texlive-lang-chinese", _FANDOL, family)
        for name, family in (
            ("Fang-Regular", ""),
            ("Song-Regular", ""),
            ("Song-Bold", "FandolSong Bold"),
            ("Hei-Regular", ""),
            ("Hei-Bold", "FandolHei Bold"),
            ("Kai-Regular", ""),
        )
    ),
    Font("uming.ttc", "fonts-arphic-uming", "usr/share/fonts/truetype/arphic"),
    Font("wqy-microhei.ttc", "fonts-wqy-microhei", "usr/share/fonts/truetype/wqy"),
)
LICENCES = {
    "texlive-lang-chinese": ("usr/share/doc/texlive-doc/fonts/fandol/COPYING.gz", "Fandol-COPYING.txt"),
    "fonts-arphic-uming": ("usr/share/doc/fonts-arphic-uming/license/english/ARPHICPL.TXT.gz", "UMing-ARPHICPL.txt"),
    "fonts-wqy-microhei": ("usr/share/doc/fonts-wqy-microhei/copyright", "WQY-copyright.txt"),
}


class FontError(Exception):
    """Fonts could not be fetched; the text is one sentence that says why and what to do."""


def folder() -> Path:
    """Where fetched fonts live: `.fonts/` in the product's folder, or what BIANMIN_FONTS names."""
    return Path(os.environ.get("BIANMIN_FONTS") or ROOT / ".fonts")


def find(font: Font) -> Path | None:
    """The font's file in our folder, or where its Debian package installs it."""
    return next((place for place in (folder() / font.file, Path("/", font.folder, font.file)) if place.exists()), None)


def missing() -> list[Font]:
    """The font files that are neither in our folder nor installed."""
    return [font for font in FONTS if find(font) is None]


def missing_libraries() -> list[str]:
    """Debian names of the libraries WeasyPrint needs and this machine lacks."""

    def loads(library: str) -> bool:
        try:
            ctypes.CDLL(library)
        except OSError:
            return False
        return True

    return [package for package, library in LIBRARIES.items() if not loads(library)]


def write_config() -> Path:
    """Write the fontconfig file (for FONTCONFIG_FILE) and return its path.

    It lets through only the families named in FAMILIES, so that the same text looks the same on every machine.
    All Fandol files claim the same weight: the bold ones become families of their own. Fetched files that an
    installed copy replaces are harmless. Raises OSError when the folder cannot be written.
    """
    named = "".join(
        f'<match target="scan"><test name="file" compare="contains"><string>{font.file}</string></test>'
        '<edit name="weight" mode="assign"><const>regular</const></edit></match>\n'
        for font in FONTS
    ) + "".join(
        f'<match target="scan"><test name="file" compare="contains"><string>{font.file}</string></test>'
        f'<edit name="family" mode="assign"><string>{font.family}</string></edit>'
        '<edit name="style" mode="assign"><string>Regular</string></edit></match>\n'
        for font in FONTS
        if font.family
    )
    accepted = "".join(
        f'<pattern><patelt name="family"><string>{family}</string></patelt></pattern>'
        for family in sorted({family for chain in FAMILIES.values() for family in chain})
    )
    places = [str(folder()), *SYSTEM_FOLDERS]
    # Fandol installed by its package lies outside the usual font folders.
    places += sorted({str(path.parent) for font in FONTS if (path := find(font)) and path.parent != folder()})
    text = (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n'
        + "".join(f"<dir>{escape(place)}</dir>\n" for place in places)
        + f"<cachedir>{escape(str(folder() / 'cache'))}</cachedir>\n{named}"
        + '<selectfont><rejectfont><pattern><patelt name="scalable"><bool>true</bool></patelt></pattern></rejectfont>'
        + '<rejectfont><pattern><patelt name="scalable"><bool>false</bool></patelt></pattern></rejectfont>'
        + f"<acceptfont>{accepted}</acceptfont></selectfont>\n</fontconfig>\n"
    )
    target = folder() / "fonts.conf"
    folder().mkdir(parents=True, exist_ok=True)
    if not target.exists() or target.read_text(encoding="utf-8") != text:
        # What fontconfig remembers of the files was made by the old rules.
        shutil.rmtree(folder() / "cache", ignore_errors=True)
        _replace(target, text.encode())
    return target


def install() -> list[str]:
    """Fetch every missing font from its Debian package; returns the names of the files fetched.

    Downloads into a temporary folder, unpacks there and copies the fonts and their licence: nothing is installed,
    nothing half made is left. Raises FontError.
    """
    wanted = missing()
    for tool in ("apt-get", "dpkg-deb") if wanted else ():
        if not shutil.which(tool):
            names = ", ".join(font.file for font in wanted)
            raise FontError(f"{tool} is not on this machine: copy {names} into {folder()} by hand.")
    for package in dict.fromkeys(font.package for font in wanted):
        with tempfile.TemporaryDirectory(prefix="bianmin-fonts-") as temporary:
            _fetch(package, Path(temporary))
            _keep(package, [font for font in wanted if font.package == package], Path(temporary, "unpacked"))
    try:
        write_config()
    except OSError as error:
        raise FontError(f"Cannot write {folder()} ({error.strerror}).") from error
    return [font.file for font in wanted]


def _fetch(package: str, temporary: Path) -> None:
    """Download and unpack one package, with lists of our own where apt has none."""
    lists = temporary / "lists"
    own_lists = (
        f"-oDir::State::Lists={lists}",
        f"-oDir::Cache={temporary / 'cache'}",
        "-oAPT::Sandbox::User=",
        "-oDebug::NoLocking=1",
    )
    offline = ""
    for options in ((), own_lists):
        if options:
            for needed in (lists / "partial", temporary / "cache" / "archives" / "partial"):
                needed.mkdir(parents=True)
            offline = _run(["apt-get", *options, "-qq", "-oAPT::Update::Error-Mode=any", "update"], temporary)
        reason = _run(["apt-get", *options, "-qq", "download", package], temporary)
        if archive := next(temporary.glob(f"{package}_*.deb"), None):
            break
    else:
        raise FontError(
            f"apt-get could not download {package} ({offline or reason}): check the network and apt's sources."
        )
    if reason := _run(["dpkg-deb", "-x", str(archive), str(temporary / "unpacked")], temporary):
        raise FontError(f"{package} could not be unpacked ({reason}): is the disk full?")


def _keep(package: str, fonts: list[Font], unpacked: Path) -> None:
    try:
        folder().mkdir(parents=True, exist_ok=True)
        for font in fonts:
            source = unpacked / font.folder / font.file
            if not source.exists():
                raise FontError(f"{package} holds no {font.file}: copy that file into {folder()} by hand.")
            _replace(folder() / font.file, source.read_bytes())
        licence, name = LICENCES[package]
        if (unpacked / licence).exists():
            text = (unpacked / licence).read_bytes()
            _replace(folder() / name, gzip.decompress(text) if licence.endswith(".gz") else text)
    except OSError as error:
        raise FontError(f"Cannot write {folder()} ({error.strerror}).") from error


def _replace(target: Path, content: bytes) -> None:
    """Write in one step, so that another process never reads half a file."""
    beside = target.with_name(f"{target.name}.{os.getpid()}")
    beside.write_bytes(content)
    beside.replace(target)


def _run(command: list[str], cwd: Path) -> str:
    """Run a command; returns '' or the last line it complained with."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, errors="replace", check=False)  # noqa: S603
    if done.returncode == 0:
        return ""
    return next((line for line in reversed(done.stderr.splitlines()) if line.strip()), f"exit {done.returncode}")


def main(arguments: list[str]) -> int:
    """The command line described at the top of this file."""
    if arguments not in (["install"], ["status"]):
        sys.stderr.write("usage: fonts.py install|status\n")
        return 2
    if arguments == ["install"]:
        if wanted := missing():
            sys.stdout.write(f"Fetching {len(wanted)} font files into {folder()} ...\n")
            sys.stdout.flush()
        try:
            install()
        except FontError as error:
            sys.stderr.write(f"{error}\n")
            return 1
    for font in FONTS:
        sys.stdout.write(f"{font.file}: {find(font) or f'missing (Debian package {font.package})'}\n")
    libraries = missing_libraries()
    if libraries:
        sys.stdout.write(f"Libraries missing: apt-get install {' '.join(libraries)}\n")
    return 1 if missing() or libraries else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
