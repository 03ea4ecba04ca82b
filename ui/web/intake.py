"""What is being taken in while the page is served: for the catalogue to show, and to steer."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fastapi import FastAPI, HTTPException, Request

from ingest.job import JobStatus, WatchJob
from ingest.obstacles import troubles
from store.library import Library
from store.outcomes import IngestOutcome, IngestStatus
from store.text import clean
from ui.progress import FATES, pace, tally, told
from ui.web.owner import is_own_page, is_owner

logger = logging.getLogger(__name__)

JsonObject = dict[str, Any]

NOT_OWNER = "只有在运行问院的这台电脑上打开网页，才能停止或继续接收。"
NO_JOB = "现在没有收件夹；用 wenyuan serve --watch 启动后才能接收。"
_SAME = "内容与已收入的一份报道完全相同，没有重复收入。"
_SHOWN = 20


def add_intake(app: FastAPI, library: Library, job: WatchJob | None) -> None:
    """Add the addresses to an application: one that tells, and two that stop and go on.

    Stopping is for the owner at this machine; visitors from elsewhere see what is taken in, and
    other sites' pages can do nothing.
    """

    @app.get("/intake")
    def intake(request: Request) -> JsonObject:
        return intake_view(library, job, steering=is_owner(request))

    @app.post("/intake/stop")
    def stop(request: Request) -> JsonObject:
        return _steered(request, WatchJob.cancel, "网页上点了停止接收，点继续接收可以恢复。")

    @app.post("/intake/resume")
    def resume(request: Request) -> JsonObject:
        return _steered(request, WatchJob.start, "网页上点了继续接收。")

    def _steered(request: Request, order: Callable[[WatchJob], None], note: str) -> JsonObject:
        if not (is_owner(request) and is_own_page(request)):
            raise HTTPException(403, NOT_OWNER)
        if job is None:
            raise HTTPException(404, NO_JOB)
        order(job)
        logger.warning("%s", note)
        return intake_view(library, job, steering=True)


def intake_view(library: Library, job: WatchJob | None, *, steering: bool = False) -> JsonObject:
    """Show what is being read from watched folders, what became of the last files, what is wrong.

    Files are named as they lie in their watched folder: where that is on the server is nobody's
    business.

    Args:
        library: its `generation` grows with every change, so that a list is known to be old.
        job: what watches, where something does.
        steering: whether whoever looks may stop it and go on.
    """
    status = job.status() if job else None
    now = status or JobStatus(running=False)
    failed = now.failure is not None
    newest = now.recent[::-1]
    return {
        "folders": len(now.folders),
        "watching": now.running,
        "stopped": status is not None and not now.running and not failed,
        "failed": failed,
        "steer": ("stop" if now.running else "resume") if steering and status else None,
        "generation": library.generation,
        "told": clean(f"正在收入：{told(now.progress)}") if now.progress else None,
        "pace": pace(now.progress) if now.progress else None,
        "troubles": [clean(one) for one in troubles(now.obstacles)] if now.running else [],
        "tally": f"最近收到 {len(newest)} 个文件：{tally(newest)}" if newest else None,
        "recent": [_row(outcome, now.folders) for outcome in newest[:_SHOWN]],
    }


def _row(outcome: IngestOutcome, folders: tuple[Path, ...]) -> JsonObject:
    """Show what became of one file; a duplicate's reason names paths, and is put otherwise."""
    reason = _SAME if outcome.status is IngestStatus.DUPLICATE else outcome.reason
    told = [clean(sentence) for sentence in (reason, *outcome.notes) if sentence]
    return {
        "file": clean(_name(outcome.path, folders)),
        "status": outcome.status,
        "fate": FATES[outcome.status],
        "told": told,
    }


def _name(path: str, folders: tuple[Path, ...]) -> str:
    for folder in folders:
        inside = path.removeprefix(f"{folder.resolve().as_posix()}/")
        if inside != path:
            return inside
    return path.rpartition("/")[2]
