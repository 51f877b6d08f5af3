"""Looks ahead: is there room on the disk, is the port free?"""

import os
import shutil
import socket
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from .problem import Problem

MEGABYTE = 1024 * 1024


def check_disk(needs: Mapping[Path, int]) -> None:
    """Refuse to begin what the disk cannot hold. Argument: folder -> megabytes that will be written there."""
    wanted: dict[int, int] = defaultdict(int)
    folders: dict[int, Path] = {}
    for folder, megabytes in needs.items():
        there = next(path for path in (folder, *folder.parents) if path.exists())
        device = os.stat(there).st_dev
        wanted[device] += megabytes
        folders.setdefault(device, there)
    for device, megabytes in wanted.items():
        free = shutil.disk_usage(folders[device]).free // MEGABYTE
        if free < megabytes:
            raise Problem(
                f"磁盘空间不够:{folders[device]} 所在的磁盘还需 {megabytes} MB,只剩 {free} MB。请腾出空间,再运行一次。",
                f"Not enough room: the disk of {folders[device]} needs {megabytes} MB and has {free} MB. "
                "Free some space and run this again.",
            )


def check_port(host: str, port: int) -> None:
    """Refuse an address that cannot be listened on. Raises Problem naming another port that can."""
    if _can_listen(host, port):
        return
    other = next((number for number in range(port + 1, port + 100) if _can_listen(host, number)), None)
    if other is None:
        raise Problem(
            f"不能在 {host}:{port} 上提供服务:请用 --host 换一个本机地址。",
            f"{host}:{port} cannot be served: choose an address of this machine with --host.",
        )
    raise Problem(
        f"端口 {port} 不能用(被占用或无权使用):请换一个,例如 python3 manage.py up --port {other}。",
        f"Port {port} is taken or not permitted: choose another, for example python3 manage.py up --port {other}.",
    )


def _can_listen(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # The server sets it too: a port whose last connections are still closing is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except (OSError, OverflowError):
            return False
    return True
