"""Makes .venv and installs the pinned, hashed requirements into it."""

import importlib.util
import os
import platform
import re
import shutil
import sys
from pathlib import Path

from . import places, say
from .commands import CommandFailed, run
from .lock import only_one
from .problem import Problem
from .registry import uv_environment
from .stamps import Stamps, fingerprint

_NO_REGISTRY = re.compile(
    r"Failed to fetch|error sending request|dns error|Connection refused|NewConnectionError|ConnectTimeout"
    r"|Read timed out|Temporary failure in name resolution|operation timed out|No matching distribution found"
    r"|ProxyError|No solution found|HTTP status (client|server) error|SSLError|invalid peer certificate",
    re.IGNORECASE,
)

_PATIENCE = 600  # seconds to wait for another command that installs


def make(*requirements: Path) -> None:
    """Have .venv hold exactly what the requirement files pin; a second time this takes no time.

    A .venv whose making was cut short, or whose Python is gone, is made anew.
    Waits for another command that is at it. Raises Problem: no venv module, no registry, disk full, a link.
    """
    if places.VENV.is_symlink():
        # Several checkouts would empty and fill one folder, each under a lock of its own.
        raise Problem(
            f"{places.VENV} 是一个链接,所指的文件夹可能另有人在用:请删除这个链接,再运行一次。",
            f"{places.VENV} is a link to a folder that others may be using: delete the link and run this again.",
        )
    with only_one(places.ROOT / "var" / "install.lock", "manage.py up / test", patience=_PATIENCE):
        _settle()
        stamps = Stamps(places.VENV / "installed.json")
        python = platform.python_version()
        tool = places.ROOT / "bootstrap" / "uv.txt"
        todo = [path for path in requirements if not stamps.has(path.name, fingerprint([path, tool], python))]
        if not todo:
            return
        with say.step("安装 Python 软件包"):
            places.UNFINISHED.touch()
            _install(tool, todo)
            for path in todo:
                stamps.set(path.name, fingerprint([path, tool], python))
            places.UNFINISHED.unlink()


def _settle() -> None:
    """Leave a .venv that can be installed into."""
    if places.VENV.exists() and (places.UNFINISHED.exists() or not _works()):
        with say.step("清理上次没装完的 .venv"):
            _empty(places.VENV)
    if not _works():
        with say.step("建立 .venv"):
            _create()


def _works() -> bool:
    if not places.PYTHON.exists():
        return False
    try:
        run(places.PYTHON, "-c", "import sys; sys.exit(sys.version_info < (3, 11))")
    except CommandFailed:
        return False
    return True


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        if path == places.UNFINISHED:
            continue  # goes last: an interruption here is one too
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
    places.UNFINISHED.unlink(missing_ok=True)


def _create() -> None:
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        raise Problem(
            f"缺少 Python 的 venv 模块:请安装(sudo apt-get install {package}),再运行一次。",
            f"Python's venv module is missing: install it (sudo apt-get install {package}) and run this again.",
        )
    places.VENV.mkdir(exist_ok=True)
    places.UNFINISHED.touch()
    base = getattr(sys, "_base_executable", sys.executable)
    try:
        run(base, "-m", "venv", places.VENV)
    except CommandFailed as failed:
        raise Problem(
            f"建不了 .venv(详情见 {places.log()})。请删除 .venv 文件夹后再运行一次。",
            f".venv cannot be made (see {places.log()}). Delete the folder .venv and run this again.",
        ) from failed


def _install(tool: Path, requirements: list[Path]) -> None:
    pip: list[str | Path] = [places.PYTHON, "-m", "pip", "--disable-pip-version-check"]
    try:
        settings = uv_environment(run(*pip, "config", "list"), os.environ)
        run(*pip, "install", "--quiet", "--require-hashes", "-r", tool)
        files: list[str | Path] = [word for path in requirements for word in ("-r", path)]
        run(
            places.VENV / "bin" / "uv", "pip", "install", "--python", places.PYTHON, "--require-hashes", *files,
            env=settings,
        )  # fmt: skip
    except CommandFailed as failed:
        if _NO_REGISTRY.search(failed.output):
            raise Problem(
                "连不上 Python 软件包仓库,或其中没有所需的版本:请检查网络,或用环境变量 PIP_INDEX_URL 指定可用的镜像,"
                f"再运行一次(详情见 {places.log()})。",
                "The Python package registry cannot be reached, or lacks a version: check the network, or name a "
                f"mirror in the variable PIP_INDEX_URL, and run this again (details: {places.log()}).",
            ) from failed
        raise Problem(
            f"Python 软件包没有装成(详情见 {places.log()}):{failed.output.strip().splitlines()[-1:]}。请再运行一次。",
            f"The Python packages could not be installed (details: {places.log()}). Run this again.",
        ) from failed
