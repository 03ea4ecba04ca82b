"""How right files are read, page by page against their truth; how fast, and with how much memory.

    python -m bench.ingest [--repeats 3] [--only right|bad|speed]

Right: every file of ../shared/data/pages against what its page says: character error rate of the
article bodies (the worse of its articles), and the fields that are wrong. Bad: what becomes of the
files that mean harm. Speed: pages per second and peak memory of our reading against the raw
reader alone (pypdfium2's text of a page; rapidocr on a picture of it), each in a process of its
own, in turn; ratios are medians over the repeats.
"""

import argparse
import io
import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

from bench.datasets import ROOT, SHARED
from bench.pages_truth import score_file
from ingest.config import IngestConfig
from ingest.detect import format_of, reader_for
from ingest.read import read_file
from ingest.reading import Reading, ReadPage
from ingest.sources import sources_of
from ingest.task import Task
from store.reports import ReportContents

PAGES = SHARED / "pages"
TEXT = ("A_stacked_5col.pdf", "B_sidebyside.pdf", "C_scrambled_cid.pdf")
SCANS = ("S_scan_A_200dpi.pdf", "S_scan_C_150dpi.pdf")
DPI = 200
TEXT_ROUNDS = 5  # a text page takes a fraction of a second: read it several times


def main() -> None:
    """Measure what was asked for, and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--only", choices=("right", "bad", "speed"))
    parser.add_argument("--measure", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(measured(options.measure[0], options.measure[1:])))
        return
    if options.only in {None, "right"}:
        show_right()
    if options.only in {None, "bad"}:
        show_bad()
    if options.only in {None, "speed"}:
        show_speed(options.repeats)


def show_right() -> None:
    """Print the error rate and the wrong fields of every file with a truth."""
    manifest = json.loads((PAGES / "manifest.json").read_text("utf-8"))
    articles = json.loads((PAGES / "seed_articles.json").read_text("utf-8"))
    articles = articles["articles"] if isinstance(articles, dict) else articles
    for name, about in sorted(manifest.items()):
        path = PAGES / name
        if not path.is_file() or "articles" not in about:
            continue
        began = time.perf_counter()
        score = score_file(path, [articles[at] for at in about["articles"]])
        took = time.perf_counter() - began
        wrong = {key: value for one in score.articles for key, value in one.wrong.items()}
        print(
            f"{name}: CER {score.cer:.2%}, wrong: {wrong or 'nothing'}, "
            f"extra articles: {list(score.extra) or 'none'}"
            f"{', ' + score.reason if score.reason else ''} ({took:.1f} s)"
        )
        show_hidden(path)


def show_hidden(path: Path) -> None:
    """Print whether what nobody can see on a page is in the articles all the same."""
    data = path.read_bytes()
    reader = reader_for(format_of(data), IngestConfig())
    opened = reader.read(data) if reader and path.suffix == ".pdf" else None
    if not isinstance(opened, Reading) or path.name in SCANS:
        return
    pages = [opened.page(number) for number in range(1, opened.pages + 1)]
    hidden = "".join(page.hidden for page in pages if isinstance(page, ReadPage))
    found = read_file(Task(path=path.name, data=data, config=IngestConfig())).found
    if not hidden or not isinstance(found, ReportContents):
        return
    bodies = "".join(article.body for article in found.articles)
    kept = [hidden[at : at + 8] for at in range(len(hidden) - 7) if hidden[at : at + 8] in bodies]
    print(f"  hidden: {len(hidden)} characters, of their runs of 8 in the articles: {len(kept)}")


def show_bad() -> None:
    """Print what becomes of the files that mean harm, and of the hidden text among them."""
    for path in sorted((PAGES / "bad").iterdir()):
        for source in sources_of(path, IngestConfig()):
            name = source.path.rpartition("/bad/")[2]
            if source.reason:
                print(f"bad/{name}: {source.reason}")
                continue
            task = Task(path=source.path, data=source.data, config=IngestConfig())
            done = read_file(task)
            told = (
                f"{len(done.found.articles)} articles, "
                f"{sum(len(one.body) for one in done.found.articles)} characters"
                if isinstance(done.found, ReportContents)
                else done.found.reason
            )
            print(f"bad/{name}: {told} {' '.join(done.notes)}")


def show_speed(repeats: int) -> None:
    """Print pages per second and peak memory, ours and the raw reader's, and their ratio."""
    for kind, names in (("text", TEXT), ("scan", SCANS)):
        taken: dict[str, list[dict[str, float]]] = {"ours": [], "raw": []}
        for _ in range(repeats):
            for whose, runs in taken.items():
                runs.append(_in_process(f"{whose}-{kind}", names))
        for whose, runs in taken.items():
            rate = median(run["pages"] / run["seconds"] for run in runs)
            peak = max(run["peak_mb"] for run in runs)
            print(f"{kind} pages, {whose}: {rate:.2f} pages/s, peak {peak:.0f} MB")
        ratios = [
            ours["processor"] / raw["processor"]
            for ours, raw in zip(taken["ours"], taken["raw"], strict=True)
        ]
        span = f"{min(ratios):.2f} to {max(ratios):.2f}"
        print(f"  processor time, ours / raw: {median(ratios):.2f} ({span})")


def _in_process(what: str, names: tuple[str, ...]) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.ingest", "--measure", what, *names]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    taken: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return taken


def measured(what: str, names: list[str]) -> dict[str, float]:
    """Read files in this process, once to load what is needed and then timed."""
    whose, _, kind = what.partition("-")
    files = [(PAGES / name).read_bytes() for name in names]
    read = {"ours": _ours, "raw": _raw_text if kind == "text" else _raw_scan}[whose]
    read(files[0])
    rounds = TEXT_ROUNDS if kind == "text" else 1
    clock, processor = time.perf_counter(), time.process_time()
    pages = sum(read(data) for _ in range(rounds) for data in files)
    clock, processor = time.perf_counter() - clock, time.process_time() - processor
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"pages": pages, "seconds": clock, "processor": processor, "peak_mb": peak}


def _ours(data: bytes) -> int:
    done = read_file(Task(path="/page.pdf", data=data, config=IngestConfig()))
    assert isinstance(done.found, ReportContents), done.found
    return max(len(done.found.pages), 1)


def _raw_text(data: bytes) -> int:
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            page.get_textpage().get_text_range()
        return len(document)


def _raw_scan(data: bytes) -> int:
    import pypdfium2

    engine = _engine()
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            kept = io.BytesIO()
            page.render(scale=DPI / 72).to_pil().convert("RGB").save(kept, "BMP")
            engine(kept.getvalue(), use_cls=False)
        return len(document)


_ENGINES: list[Any] = []


def _engine() -> Any:  # noqa: ANN401 rapidocr tells no types
    """Return rapidocr as it comes from its wheel, loaded once."""
    if not _ENGINES:
        from rapidocr import RapidOCR

        threads = {"EngineConfig.onnxruntime.intra_op_num_threads": IngestConfig().ocr_threads}
        _ENGINES.append(RapidOCR(params={"Global.log_level": "error", **threads}))
    return _ENGINES[0]


if __name__ == "__main__":
    main()
