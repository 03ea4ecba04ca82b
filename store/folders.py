"""Folders made where they are needed, and what the system says about them put in our words."""

import errno
from pathlib import Path

from store.errors import DataFolderError

_REASONS = {
    errno.EEXIST: "那里已有一个同名的文件",
    errno.ENOTDIR: "路径中有一段是文件，不是文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "那里只能读，不能写",
    errno.ENOSPC: "磁盘已满",
    errno.ENOENT: "那里什么也没有，也不能新建",
    errno.ENAMETOOLONG: "名称太长",
}


def made(folder: Path) -> Path:
    """Make a folder, with those above it, where it is not there; return it.

    Raises:
        DataFolderError: it cannot be made, or a file is in its place.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        raise DataFolderError(f"文件夹 {folder} 无法使用：{why(exc)}。") from exc
    return folder


def why(error: OSError) -> str:
    """Return in a few words of Chinese what went wrong; in the system's own where we have none."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)
