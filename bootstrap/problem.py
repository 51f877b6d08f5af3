"""What can stop us, as one sentence that says how to mend it."""

import errno


class Problem(Exception):
    """Stops the command. Arguments: what is wrong and the mend, in Chinese and in English."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(f"{chinese}\n{english}")


def disk_full(where: object) -> Problem:
    """The problem of a full disk. Argument: ``where``, the folder that could not be written."""
    return Problem(
        f"磁盘满了({where}):请腾出空间,再运行一次,会接着做完。",
        f"The disk is full ({where}): free some space and run the same command again; it carries on.",
    )


def from_oserror(error: OSError) -> Problem | None:
    """The problem behind an error of the operating system, or None where it is not one a user can mend."""
    where = error.filename or "."
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return disk_full(where)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return Problem(
            f"没有权限写 {where}:请换一个有权限的用户或文件夹,再运行一次。",
            f"{where} cannot be written: run this as a user who may write there, or from another folder.",
        )
    if error.errno in (errno.EEXIST, errno.ENOTDIR):
        return Problem(
            f"{where} 应该是文件夹,现在是文件:请移走它,再运行一次。",
            f"{where} should be a folder and is a file: move it away and run this again.",
        )
    return None
