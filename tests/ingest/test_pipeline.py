"""Files and folders in: outcomes, rejections, and text that means harm."""

import io
import json
import os
import time
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.body import fingerprint
from ingest.compose import fingerprint as fingerprint_of
from ingest.config import IngestConfig
from ingest.normalise import repair_block
from ingest.pipeline import Ingestion, ingest
from ingest.ports import ReportLibrary
from ingest.progress import Progress, Step
from ingest.read import parse_report, read_report
from ingest.reading import Line, ReadPage
from ingest.spool import Spool
from store.config import StoreConfig
from store.library import Library
from store.outcomes import IngestOutcome, IngestStatus, Rejection
from store.reports import ReportContents
from tests.made_files import blank_pdf
from tests.shared_data import shared_data

EVAL = shared_data("eval")
CONFIG = IngestConfig()
STORY = "社区食堂开张\n南湖社区食堂昨天正式开门营业，每天为老人提供三餐，六十岁以上的老人打八折。"

Parse = Callable[..., ReportContents]


def rejected(path: Path, config: IngestConfig = CONFIG) -> str:
    found = read_report(path, config)
    assert isinstance(found, Rejection)
    assert found.reason.endswith("。")
    assert found.reason.count("。") == 1
    return found.reason


@pytest.fixture
def dropped(tmp_path: Path) -> Path:
    """An empty folder for files to take in, apart from the data folder."""
    folder = tmp_path / "收"
    folder.mkdir()
    return folder


def test_missing_empty_blank_and_binary_files_are_rejected_in_one_sentence(tmp_path: Path) -> None:
    assert "不存在" in rejected(tmp_path / "没有.txt")
    for name, data, word in [
        ("空.txt", b"", "空"),
        ("白.txt", "\n　\n".encode(), "文字"),
        ("文.txt", b"%PDF-1.7 abc", "PDF"),
        ("图.txt", b"\x89PNG\r\n\x1a\n", "图片"),
        ("表.txt", b"ID3" + bytes(40), "音频"),
        ("乱.txt", bytes(range(256)) * 40, "二进制"),
    ]:
        (tmp_path / name).write_bytes(data)
        assert word in rejected(tmp_path / name)


def test_a_rejected_format_says_what_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.exe").write_bytes(b"MZ" + bytes(98))
    reason = rejected(tmp_path / "a.exe")
    assert "目前可以读取：" in reason
    assert "文本（.txt、.md）" in reason


def test_a_file_over_the_limit_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "大.txt").write_text(STORY, encoding="utf-8")
    assert "上限" in rejected(tmp_path / "大.txt", IngestConfig(max_file_bytes=10))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_no_file_and_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "普通文件" in rejected(tmp_path / "pipe")


def test_folders_are_walked_in_order_and_one_bad_file_stops_nothing(
    tmp_path: Path, library: Library
) -> None:
    folder = tmp_path / "报纸"
    (folder / "b").mkdir(parents=True)
    (folder / "b" / "二.txt").write_text("再来一篇\n" + STORY, encoding="utf-8")
    (folder / "a.txt").write_text(STORY, encoding="utf-8")
    (folder / "坏.bin").write_bytes(bytes(range(256)))
    (folder / ".hidden.txt").write_text(STORY, encoding="utf-8")
    (folder / "link.txt").symlink_to(folder / "a.txt")
    seen: list[str] = []
    outcomes = ingest(
        [folder, folder / "没有"], library, CONFIG, lambda outcome: seen.append(outcome.path)
    )
    assert [(Path(o.path).name, o.status) for o in outcomes] == [
        ("a.txt", IngestStatus.ADDED),
        ("link.txt", IngestStatus.REJECTED),
        ("坏.bin", IngestStatus.REJECTED),
        ("二.txt", IngestStatus.ADDED),
        ("没有", IngestStatus.REJECTED),
    ]
    assert seen == [outcome.path for outcome in outcomes]


def test_an_empty_folder_is_rejected(tmp_path: Path, library: Library) -> None:
    (tmp_path / "空").mkdir()
    [outcome] = ingest([tmp_path / "空"], library, CONFIG)
    assert outcome.status is IngestStatus.REJECTED


def test_an_unchanged_file_is_not_parsed_again_and_a_changed_one_replaces(
    tmp_path: Path, library: Library
) -> None:
    file = tmp_path / "a.txt"
    file.write_text(STORY, encoding="utf-8")
    [first] = ingest([file], library, CONFIG)
    [second] = ingest([file], library, CONFIG)
    file.write_text(STORY + "食堂每周更换菜单。", encoding="utf-8")
    [third] = ingest([file], library, CONFIG)
    statuses = [first.status, second.status, third.status]
    assert statuses == [IngestStatus.ADDED, IngestStatus.UNCHANGED, IngestStatus.REPLACED]
    assert (second.articles, second.passages) == (first.articles, first.passages)


def test_the_members_of_an_archive_are_taken_in_and_one_bad_member_stops_nothing(
    dropped: Path, library: Library
) -> None:
    with zipfile.ZipFile(dropped / "报.zip", "w") as archive:
        archive.writestr("../外.txt", STORY)
        archive.writestr("内/一.txt", STORY)
        archive.writestr("内/二.bin", bytes(range(256)))
    outcomes = ingest([dropped], library, CONFIG)
    assert [(o.path.removeprefix(f"{dropped}/"), o.status) for o in outcomes] == [
        ("报.zip/../外.txt", IngestStatus.REJECTED),
        ("报.zip/内/一.txt", IngestStatus.ADDED),
        ("报.zip/内/二.bin", IngestStatus.REJECTED),
    ]
    [again] = [
        o for o in ingest([dropped], library, CONFIG) if o.status is not IngestStatus.REJECTED
    ]
    assert again.status is IngestStatus.UNCHANGED


def test_progress_is_told_page_by_page_and_passage_by_passage(
    dropped: Path, library: Library
) -> None:
    for name in ("a", "b"):
        (dropped / f"{name}.txt").write_text(f"{name}\n{STORY}", encoding="utf-8")
    told: list[Progress] = []
    ingest([dropped], library, CONFIG, on_progress=told.append)
    assert {one.file.rpartition("/")[2] for one in told} == {"a.txt", "b.txt"}
    read = [one for one in told if one.step is Step.READING and one.page]
    assert [(one.page, one.pages) for one in read] == [(1, 1), (1, 1)]
    assert any(one.step is Step.EMBEDDING and one.page == one.pages > 0 for one in told)
    assert {one.files for one in told} == {2}
    assert max(one.done for one in told) == 1


def test_a_run_that_is_cancelled_keeps_what_was_finished_and_goes_on_when_begun_again(
    dropped: Path, library: Library
) -> None:
    for number in range(6):
        (dropped / f"{number}.txt").write_text(f"第{number}期\n{STORY}{number}", encoding="utf-8")
    finished: list[IngestOutcome] = []

    def add(outcome: IngestOutcome) -> None:
        finished.append(outcome)
        if len(finished) == 3:
            first.cancel()

    first = Ingestion([dropped], library, CONFIG, add)
    outcomes = first.run()
    assert first.cancelled
    assert [one.status for one in outcomes] == [IngestStatus.ADDED] * 3
    assert len(library.reports()) == 3
    statuses = [one.status for one in ingest([dropped], library, CONFIG)]
    assert statuses == [IngestStatus.UNCHANGED] * 3 + [IngestStatus.ADDED] * 3


def named(library: Library) -> dict[str, str]:
    """Return the text of each report by its file's name."""
    names = {report.id: Path(report.path).name for report in library.reports()}
    return {names[one.report_id]: one.body for one in library.articles()}


@pytest.mark.parametrize("order", [(2, 1, 3, 4, 5), (2, 3, 4, 5, 1), (2, 3, 4, 5, 6)])
def test_files_that_were_given_each_others_names_are_all_still_there(
    dropped: Path, library: Library, order: tuple[int, ...]
) -> None:
    def write(numbers: Sequence[int]) -> None:
        for place, number in enumerate(numbers, start=1):
            (dropped / f"{place}.txt").write_text(
                f"第{number}期\n{STORY}{number}", encoding="utf-8"
            )

    write(range(1, 7))
    ingest([dropped], library, CONFIG)
    write(order)
    ingest([dropped], library, CONFIG)
    kept = {text[-1] for text in named(library).values()}
    assert kept == {str(number) for number in (*order, 6)}


def test_a_new_file_that_says_what_another_said_before_is_no_duplicate(
    dropped: Path, library: Library
) -> None:
    (dropped / "a.txt").write_text(f"甲\n{STORY}", encoding="utf-8")
    ingest([dropped], library, CONFIG)
    (dropped / "b.txt").write_text(f"甲\n{STORY}", encoding="utf-8")
    (dropped / "a.txt").write_text(f"乙\n{STORY}又加了一道菜。", encoding="utf-8")
    statuses = [one.status for one in ingest([dropped], library, CONFIG)]
    assert statuses == [IngestStatus.REPLACED, IngestStatus.ADDED]
    assert sorted(named(library)) == ["a.txt", "b.txt"]


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2, zipfile.ZIP_DEFLATED])
def test_an_archive_made_to_break_its_reader_costs_itself(
    dropped: Path, library: Library, method: int
) -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", method) as archive:
        archive.writestr("mimetype", "application/epub+zip" * 9)
    data = bytearray(kept.getvalue())
    data[38:60] = bytes(22)  # what the packed bytes were
    (dropped / "a.zip").write_bytes(data)
    (dropped / "b.txt").write_text(STORY, encoding="utf-8")
    statuses = [one.status for one in ingest([dropped], library, CONFIG)]
    assert statuses[-1] is IngestStatus.ADDED
    assert set(statuses[:-1]) == {IngestStatus.REJECTED}


def test_a_data_folder_is_not_taken_in_by_itself(dropped: Path, config: StoreConfig) -> None:
    (dropped / "a.txt").write_text(STORY, encoding="utf-8")
    with Library.open(replace(config, folder=dropped / "数据")) as own:
        assert [Path(one.path).name for one in ingest([dropped], own, CONFIG)] == ["a.txt"]


def test_a_run_that_is_interrupted_ends_at_once(dropped: Path, library: Library) -> None:
    (dropped / "a.txt").write_text(STORY, encoding="utf-8")
    (dropped / "b.txt").write_text("社区新闻\n" * 300_000, encoding="utf-8")  # takes a long while

    def interrupt(_: IngestOutcome) -> None:
        raise KeyboardInterrupt

    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        ingest([dropped], library, CONFIG, interrupt)
    assert time.monotonic() - began < 15
    assert len(library.reports()) == 1


def test_pages_that_were_read_are_not_read_again_and_forgotten_in_the_end(
    tmp_path: Path, library: Library
) -> None:
    data = blank_pdf(pages=2)
    config = IngestConfig(spool=tmp_path / "spool")
    kept = Spool(config.spool, fingerprint_of(data))
    kept.put(2, ReadPage(lines=(Line(text="第二页早已读好，这一句只在暂存里。"),)))
    (tmp_path / "报.pdf").write_bytes(data)
    ingest([tmp_path / "报.pdf"], library, config)
    bodies = "".join(article.body for article in library.articles())
    assert "这一句只在暂存里" in bodies
    assert not (tmp_path / "spool").exists()


def test_the_library_is_what_ingestion_asks_for(library: Library) -> None:
    asked: ReportLibrary = library
    assert asked.known("/没有") is None


def test_text_without_a_headline_is_one_article_named_as_the_file(parse: Parse) -> None:
    text = "昨天下午，一场大雨让低洼路段积水近半米，社区干部搬来水泵，两个小时后积水全部排出。"
    [article] = parse(text.encode(), "大雨.txt").articles
    assert (article.headline, article.body) == ("大雨", text)


def test_a_page_of_nothing_but_page_lines_is_still_kept(parse: Parse) -> None:
    [article] = parse("第05版\n责编：潘越".encode()).articles
    assert article.body == "第05版\n责编：潘越"


def test_the_fingerprint_does_not_see_spaces_punctuation_and_width() -> None:
    assert fingerprint(["社区１００人，好。"]) == fingerprint(["社区 100 人", "好！"])
    assert fingerprint(["社区100人"]) != fingerprint(["社区101人"])


def test_the_title_names_series_and_paper_or_the_first_headline(
    parse: Parse, seed_text: str
) -> None:
    report = parse(seed_text.encode()).report
    assert report.title == f"{report.series}｜{report.publisher}"
    assert parse(STORY.encode()).report.title == "社区食堂开张"


def test_two_articles_of_one_headline_have_two_ids(parse: Parse) -> None:
    brief = "社区简讯一则\n\n本报讯（记者 李明）社区昨天举办了一场义诊活动，一百多位居民参加。\n\n"
    ids = [article.id for article in parse((brief * 2).encode()).articles]
    assert len(set(ids)) == len(ids) == 2


@given(st.text(alphabet="社区记者：第1版责编，。“”▲——本报讯（） #\n\n\n", max_size=300))
def test_whatever_the_text_nothing_is_lost_and_offsets_hold(text: str) -> None:
    found = parse_report(Path("/x/页.txt"), text.encode(), CONFIG)
    if isinstance(found, Rejection):
        assert not text.strip(" \n#-—")
        return
    for article in found.articles:
        for sentence in article.sentences:
            assert article.body[sentence.start : sentence.end] == sentence.text
        kept = "".join(sentence.text for sentence in article.sentences)
        assert "".join(kept.split()) == "".join(article.body.split())
    for passage in found.passages:
        assert passage.text


HOSTILE = {
    "one character": "啊" * 100_000,
    "one opener": "“" * 100_000,
    "nested": "“（《" * 30_000,
    "open lines": "社区召集小，\n\n" * 10_000,
    "headings": "社区新闻\n" * 10_000,
    "bylines": "记者 李明\n标题标题\n" * 5_000,
    "emphasis": "**a " * 30_000,
    "page lines": "2021年1月1日 第1版 责编：王五\n" * 3_000,
    "dashes": ("—" * 40 + "\n") * 3_000,
    "administrative": ("区村" * 20 + "\n") * 3_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read_in_seconds(name: str, parse: Parse) -> None:
    began = time.process_time()
    parse(HOSTILE[name].encode())
    assert time.process_time() - began < 10


def test_a_megabyte_of_pages_is_read_in_seconds(parse: Parse, seed_text: str) -> None:
    began = time.process_time()
    contents = parse((seed_text + "\n\n").encode() * 450)
    assert time.process_time() - began < 20
    assert len(contents.articles) == 900


@pytest.mark.data
@pytest.mark.parametrize(("name", "step"), [("gov_reports", 3), ("crud_news", 100)])
def test_long_and_plain_news_is_one_article_with_its_paragraphs(
    name: str, step: int, parse: Parse
) -> None:
    if EVAL is None:
        pytest.skip("the shared question sets are not here")
    lines = (EVAL / name / "corpus.jsonl").read_text(encoding="utf-8").splitlines()
    for line in lines[::step]:
        text = json.loads(line)["text"]
        [article] = parse(text.encode()).articles
        paragraphs = {article.text(span) for part in article.sections for span in part.paragraphs}
        wanted = [repair_block(part) for part in text.split("\n") if len(part.strip()) > 60]
        lost = [part for part in wanted if part.isprintable() and part not in paragraphs]
        assert lost == []
