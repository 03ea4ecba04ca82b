"""What was taken in stays, whether its file is taken out of a folder or out of an archive."""

from pathlib import Path

from ingest.config import IngestConfig
from ingest.pipeline import ingest
from store.library import Library
from store.outcomes import IngestStatus
from tests.made_files import zipped


def story(number: int) -> str:
    return f"第{number}号食堂开张\n\n南湖社区第{number}号食堂昨天正式开门营业，每天为老人提供三餐。"


def fates(paths: list[Path], library: Library) -> dict[str, IngestStatus]:
    outcomes = ingest(paths, library, IngestConfig())
    return {Path(one.path).name: one.status for one in outcomes}


def names(library: Library) -> set[str]:
    return {Path(report.path).name for report in library.reports()}


def test_a_file_taken_out_of_a_folder_or_an_archive_stays_in_the_library(
    tmp_path: Path, library: Library
) -> None:
    folder, archive = tmp_path / "收", tmp_path / "合订.zip"
    folder.mkdir()
    for number in (1, 2):
        (folder / f"{number}.txt").write_text(story(number), encoding="utf-8")
    archive.write_bytes(zipped({f"{number}.txt": story(number) for number in (3, 4)}))
    ingest([folder, archive], library, IngestConfig())
    assert names(library) == {"1.txt", "2.txt", "3.txt", "4.txt"}

    (folder / "1.txt").unlink()
    archive.write_bytes(zipped({"4.txt": story(4)}))
    assert fates([folder, archive], library) == {
        "2.txt": IngestStatus.UNCHANGED,
        "4.txt": IngestStatus.UNCHANGED,
    }
    assert names(library) == {"1.txt", "2.txt", "3.txt", "4.txt"}

    archive.unlink()
    assert fates([folder, archive], library)["合订.zip"] is IngestStatus.REJECTED
    assert names(library) == {"1.txt", "2.txt", "3.txt", "4.txt"}


def test_what_moves_between_folder_and_archive_is_told_as_the_same_and_kept_once(
    tmp_path: Path, library: Library
) -> None:
    folder, archive = tmp_path / "收", tmp_path / "合订.zip"
    folder.mkdir()
    archive.write_bytes(zipped({"1.txt": story(1)}))
    ingest([archive], library, IngestConfig())
    (folder / "1.txt").write_text(story(1), encoding="utf-8")
    assert fates([folder], library) == {"1.txt": IngestStatus.DUPLICATE}
    assert len(library.reports()) == 1
