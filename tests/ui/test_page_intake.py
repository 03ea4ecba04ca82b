"""The page's view of what is taken in, and who may stop it and go on."""

import asyncio
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from fastapi.testclient import TestClient

from assistant.config import AssistantConfig
from assistant.pipeline import Assistant
from ingest.config import IngestConfig
from ingest.job import JobStatus, WatchJob
from ingest.obstacles import Cause, Failure, Obstacles
from ingest.progress import Progress, Step
from store.library import Library
from store.outcomes import IngestOutcome, IngestStatus
from ui.web.app import create_app
from ui.web.intake import NOT_OWNER, intake_view

STORY = "社区食堂开张\n\n南湖社区食堂昨天正式开门营业，每天为老人提供三餐，六十岁以上的老人打八折。"
HERE = ("127.0.0.1", 50000)
OURS = {"origin": "http://127.0.0.1"}
PROGRESS = Progress(
    file="/srv/报纸/甲.pdf",
    done=2,
    files=9,
    step=Step.READING,
    page=3,
    pages=12,
    pages_per_second=0.5,
    remaining_s=90,
)


class Job:
    """Stands where a job does, with a status of the test's own."""

    def __init__(self, status: JobStatus) -> None:
        self._status = status

    def status(self) -> JobStatus:
        return self._status


def view(library: Library, status: JobStatus, *, steering: bool = False) -> dict[str, object]:
    return intake_view(library, cast("WatchJob", Job(status)), steering=steering)


def outcome(path: str, status: IngestStatus, reason: str | None = None) -> IngestOutcome:
    return IngestOutcome(path=path, status=status, reason=reason)


def test_what_is_taken_in_is_told_by_name_and_never_by_path(library: Library) -> None:
    told = view(library, JobStatus(running=True, progress=PROGRESS))
    assert told["watching"] is True
    assert told["generation"] == library.generation
    assert told["told"] == "正在收入：3/9 甲.pdf 读取 3/12 页"
    assert told["pace"] == "0.5 页/秒，约剩 2 分钟"
    assert (told["failed"], told["stopped"], told["steer"]) == (False, False, None)
    assert "/srv" not in json.dumps(told, ensure_ascii=False)


def test_the_last_files_are_told_newest_first_as_they_lie_in_their_folder(
    library: Library, tmp_path: Path
) -> None:
    root = tmp_path.resolve().as_posix()
    recent = (
        outcome(f"{root}/合订.zip/一.txt", IngestStatus.ADDED),
        outcome(f"{root}/二.txt", IngestStatus.DUPLICATE, f"内容与已收入的 {root}/旧.txt 相同。"),
        outcome(f"{root}/三.pdf", IngestStatus.REJECTED, "PDF 设有打开密码，请去掉密码。"),
    )
    told = view(library, JobStatus(running=True, recent=recent, folders=(tmp_path,)))
    assert told["tally"] == "最近收到 3 个文件：已入库 1 个，内容重复 1 个，未入库 1 个"
    rows = cast("list[dict[str, object]]", told["recent"])
    assert [(row["file"], row["fate"]) for row in rows] == [
        ("三.pdf", "未入库"),
        ("二.txt", "内容重复"),
        ("合订.zip/一.txt", "已入库"),
    ]
    assert rows[0]["told"] == ["PDF 设有打开密码，请去掉密码。"]
    assert root not in json.dumps(told, ensure_ascii=False)


def test_a_long_list_is_cut_and_still_counted(library: Library) -> None:
    recent = tuple(outcome(f"/收/{at}.txt", IngestStatus.ADDED) for at in range(50))
    told = view(library, JobStatus(running=True, recent=recent))
    assert told["tally"] == "最近收到 50 个文件：已入库 50 个"
    assert len(cast("list[object]", told["recent"])) == 20


def test_a_job_that_gave_up_is_told_without_its_reason(library: Library) -> None:
    failed = JobStatus(running=False, failure="无法读写 /srv/数据：磁盘已满。")
    told = view(library, failed, steering=True)
    assert (told["failed"], told["stopped"], told["steer"]) == (True, False, "resume")
    assert "/srv" not in json.dumps(told, ensure_ascii=False)


@pytest.mark.parametrize("cause", Cause)
def test_what_stands_in_the_way_is_told_as_its_cause_is_and_without_a_path(
    library: Library, cause: Cause
) -> None:
    failure = Failure(cause=cause, detail="写不进 /srv/数据，磁盘可能已满。")
    obstacles = Obstacles(gone=(Path("/srv/收件夹"),), closed=(Path("/srv/乙"),), failure=failure)
    told = view(library, JobStatus(running=True, obstacles=obstacles))
    gone, closed, failed = cast("list[str]", told["troubles"])
    assert "“收件夹”不见了" in gone
    assert "“乙”的权限" in closed
    assert failed == cause
    assert ("磁盘已满" in failed) == (cause is Cause.FULL)
    assert "/srv" not in json.dumps(told, ensure_ascii=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "收"
    made.mkdir()
    return made


@pytest.fixture
def job(folder: Path, library: Library) -> Iterator[WatchJob]:
    made = WatchJob([folder], library, IngestConfig(), interval_s=0.05)
    made.start()
    yield made
    made.cancel()


def client(library: Library, job: WatchJob | None, come_from: tuple[str, int]) -> TestClient:
    """Make the application inside a running loop: outside of one, Gradio leaves loops open."""

    async def make() -> TestClient:
        app = create_app(library, Assistant(library, AssistantConfig()), job)
        return TestClient(app, base_url="http://127.0.0.1", client=come_from)

    return asyncio.run(make())


def wait_for(job: WatchJob, count: int) -> None:
    until = time.monotonic() + 30
    while len(job.status().recent) < count and time.monotonic() < until:
        time.sleep(0.05)
    assert len(job.status().recent) == count


def test_the_owner_stops_and_goes_on_and_nothing_is_taken_in_between(
    library: Library, job: WatchJob, folder: Path
) -> None:
    page = client(library, job, HERE)
    assert page.get("/intake").json()["steer"] == "stop"
    now = page.post("/intake/stop", headers=OURS).json()
    assert (now["watching"], now["stopped"], now["steer"]) == (False, True, "resume")
    assert page.post("/intake/stop", headers=OURS).status_code == 200
    (folder / "a.txt").write_text(STORY, encoding="utf-8")
    time.sleep(0.3)
    assert library.reports() == ()
    now = page.post("/intake/resume", headers=OURS).json()
    assert (now["watching"], now["steer"]) == (True, "stop")
    wait_for(job, 1)
    assert page.get("/intake").json()["recent"] == [
        {"file": "a.txt", "status": "added", "fate": "已入库", "told": []}
    ]


@pytest.mark.parametrize(
    ("come_from", "headers"),
    [
        (HERE, {}),
        (HERE, {"origin": "http://evil.example"}),
        (HERE, {"origin": "null"}),
        (HERE, {"origin": "http://127.0.0.1:8000"}),
        (HERE, {"sec-fetch-site": "same-origin"}),
        (HERE, OURS | {"cf-connecting-ip": "10.0.0.9"}),
        (HERE, OURS | {"x-forwarded-for": "10.0.0.9"}),
        (HERE, {"host": "wenyuan.example", "origin": "http://wenyuan.example"}),
        (("192.168.1.7", 1), OURS),
        (("::ffff:192.168.1.7", 1), OURS),
        (("nobody", 1), OURS),
    ],
)
def test_nobody_else_and_no_other_sites_page_can_stop_it(
    library: Library,
    job: WatchJob,
    come_from: tuple[str, int],
    headers: dict[str, str],
) -> None:
    page = client(library, job, come_from)
    for order in ("stop", "resume"):
        answer = page.post(f"/intake/{order}", headers=headers)
        assert (answer.status_code, answer.json()["detail"]) == (403, NOT_OWNER)
    assert job.status().running


@pytest.mark.parametrize("come_from", [HERE, ("::1", 1), ("::ffff:127.0.0.1", 1)])
def test_whoever_sits_here_may_by_every_name_of_this_machine(
    library: Library, job: WatchJob, come_from: tuple[str, int]
) -> None:
    page = client(library, job, come_from)
    for name in ("localhost:7860", "127.0.0.1", "[::1]:7860"):
        headers = {"host": name, "origin": f"http://{name}"}
        assert page.post("/intake/resume", headers=headers).status_code == 200
    assert page.post("/intake/stop", headers=OURS).status_code == 200


def test_a_visitor_from_elsewhere_sees_what_is_taken_in_and_no_button(
    library: Library, job: WatchJob
) -> None:
    told = client(library, job, ("192.168.1.7", 1)).get("/intake").json()
    assert (told["watching"], told["steer"]) == (True, None)


def test_a_page_that_watches_nothing_says_so(library: Library) -> None:
    page = client(library, None, HERE)
    told = page.get("/intake").json()
    assert (told["folders"], told["watching"], told["steer"], told["tally"]) == (
        0,
        False,
        None,
        None,
    )
    answer = page.post("/intake/stop", headers=OURS)
    assert answer.status_code == 404
    assert "--watch" in answer.json()["detail"]
