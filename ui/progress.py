"""How far ingestion has come and what became of files, in words: for terminal and page."""

from collections.abc import Iterable

from ingest.progress import Progress, Step
from store.outcomes import IngestOutcome, IngestStatus

FATES = {
    IngestStatus.ADDED: "已入库",
    IngestStatus.REPLACED: "已更新",
    IngestStatus.UNCHANGED: "没有变化",
    IngestStatus.DUPLICATE: "内容重复",
    IngestStatus.REJECTED: "未入库",
}
"""What became of a file, in a word, in the order that they are told in."""

_STEPS = {Step.READING: ("读取", "页"), Step.EMBEDDING: ("建索引", "片段")}
_LONGEST = 24  # characters of a file's name


def told(progress: Progress) -> str:
    """Say which file it is, and how far it has come with it."""
    name = progress.file.rpartition("/")[2]
    if len(name) > _LONGEST:
        name = name[: _LONGEST - 1] + "…"
    step, unit = _STEPS[progress.step]
    within = f" {progress.page}/{progress.pages} {unit}" if progress.pages else ""
    return f"{progress.done + 1}/{progress.files} {name} {step}{within}"


def pace(progress: Progress) -> str:
    """Say how fast it goes, and how long the rest may take; "" while neither is known."""
    rate = f"{progress.pages_per_second:.2g} 页/秒" if progress.pages_per_second else ""
    left = "" if progress.remaining_s is None else f"约剩 {duration(progress.remaining_s)}"
    return "，".join(filter(None, (rate, left)))


def tally(outcomes: Iterable[IngestOutcome]) -> str:
    """Say how many files met which fate: 已入库 3 个，未入库 1 个; "" for none."""
    met = [outcome.status for outcome in outcomes]
    counts = {word: met.count(status) for status, word in FATES.items()}
    return "，".join(f"{word} {count} 个" for word, count in counts.items() if count)


def duration(seconds: float) -> str:
    """Say a span of time as people do: 40 秒, 5 分钟, 2 小时 10 分."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} 秒"
    if whole < 3600:
        return f"{round(whole / 60)} 分钟"
    return f"{whole // 3600} 小时 {whole % 3600 // 60} 分"
