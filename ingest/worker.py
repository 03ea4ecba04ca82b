"""The reading process: takes files from its input, and gives back what is in them.

Run by ingest.isolation as `python -m ingest.worker`. Whatever a document does to it (a crash, a
hang, all memory eaten) is felt by that document alone.
"""

import os
import sys
import threading
import time
import traceback
from typing import IO

from ingest import codec
from ingest.read import read_file, rejected
from ingest.task import UNEXPECTED, FileDone, Ready, Task

TOO_MUCH_MEMORY = "读取它需要的内存超过上限，请拆成较小的文件再收入。"
_LOOK_S = 1.0


def main() -> None:
    """Answer one task after another until the input ends."""
    source, target = _own_streams()
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    codec.write(Ready(), target)
    while True:
        try:
            task = codec.read(source)
        except codec.CodecError:  # whoever asked is gone
            return
        if not isinstance(task, Task):
            return
        try:
            _limit_memory(task.config.reader_memory_bytes)
            codec.write(_answer(task, target), target)
        except BrokenPipeError:
            return


def _end_with(parent: int) -> None:
    """End this process when whoever began it is gone: nobody else bounds its time."""
    while os.getppid() == parent:
        time.sleep(_LOOK_S)
    os._exit(1)


def _answer(task: Task, target: IO[bytes]) -> FileDone:
    try:
        return read_file(task, lambda page: codec.write(page, target))
    except MemoryError:
        return rejected(task, TOO_MUCH_MEMORY)
    except BrokenPipeError:
        raise
    except Exception as exc:  # noqa: BLE001 it must cost this file alone; the log tells it
        # Engines tell of it in their own words: std::bad_alloc, or a failed allocation.
        reason = TOO_MUCH_MEMORY if "alloc" in str(exc).lower() else UNEXPECTED
        return rejected(task, reason, traceback.format_exc())


def _own_streams() -> tuple[IO[bytes], IO[bytes]]:
    """Take the streams that we are asked by; what a library prints goes to the standard error."""
    source, target = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 for as long as we run
    return source, target


def _limit_memory(most: int) -> None:
    """Have the system refuse memory beyond `most` bytes, where it knows how to."""
    try:
        import resource

        # Of data, not of addresses: engines map far more than they ever touch.
        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        resource.setrlimit(resource.RLIMIT_DATA, (most, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, ValueError, OSError):
        return


if __name__ == "__main__":
    main()
