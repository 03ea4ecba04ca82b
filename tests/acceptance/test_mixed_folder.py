"""A folder as people have it: good files are taken, each bad one costs a line that says why."""

import json
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.conftest import ROOT, Run
from tests.made_files import blank_pdf, zipped

BAD = ROOT / "tests" / "fixtures" / "bad"
STORY = "社区食堂开张\n\n南湖社区食堂昨天正式开门营业，每天为老人提供三餐，六十岁以上的老人打八折。"
WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)

REFUSED = {
    "encrypted_user.pdf": "密码",
    "garbage.pdf": "暂不支持",
    "truncated.pdf": "损坏",
    "html_named.pdf": "正文",
    "五千页.pdf": "5000 页",
    "像素炸弹.png": "像素",
    "截断.png": "图片",
    "声音.txt": "音频",
    "空.txt": "空的",
    "链接.txt": "链接",
    "内层.zip/内.zip": "套着",
    "炸弹.zip/大.txt": "炸弹",
    "traversal.zip/../../evil.txt": "包外",
    "traversal.zip//abs.txt": "包外",
    "traversal.zip/link": "链接",
    "实体炸弹.docx": "",
    "解压炸弹.docx": "",
    "表格.xlsx": "表格",
}
"""What must be refused, with a word of the reason ("" for any)."""

TAKEN = {"encrypted_ownerpw_nocopy.pdf", "hidden_text.pdf", "好.txt", "gbk_names.zip/社.tx"}


def word(document: str) -> bytes:
    kinds = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    return zipped({"[Content_Types].xml": kinds.encode(), "word/document.xml": document.encode()})


def huge_png() -> bytes:
    """A picture of 3.6 thousand million pixels in a few bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
    body = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.fixture(scope="module")
def dropped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder."""
    folder = tmp_path_factory.mktemp("mixed") / "收"
    folder.mkdir()
    for file in BAD.iterdir():
        if file.name != "garbled_cmap.pdf":  # recognised from its picture, which takes a while
            (folder / file.name).write_bytes(file.read_bytes())
    made = {
        "好.txt": STORY.encode(),
        "空.txt": b"",
        "声音.txt": b"ID3\x04" + bytes(100),
        "表格.xlsx": zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<x/>"}),
        "炸弹.zip": zipped({"大.txt": bytes(50_000_000)}),
        "内层.zip": zipped({"内.zip": zipped({"a.txt": STORY.encode()})}),
        "像素炸弹.png": huge_png(),
        "截断.png": huge_png()[:40],
        "五千页.pdf": blank_pdf(5000),
        "实体炸弹.docx": word(
            f"{ENTITIES}{WORD}<w:p><w:r><w:t>&i;</w:t></w:r></w:p></w:body></w:document>"
        ),
        "解压炸弹.docx": word(f"{WORD}{' ' * 60_000_000}</w:body></w:document>"),
        "实体炸弹.html": f"{ENTITIES}<html><body><h1>标题</h1><p>&i;{STORY}</p></html>".encode(),
    }
    for name, data in made.items():
        (folder / name).write_bytes(data)
    (folder / "链接.txt").symlink_to(folder / "好.txt")
    return folder


@pytest.fixture(scope="module")
def taken(dropped: Path, wenyuan: Run) -> dict[str, Any]:
    """What came of taking it in: the outcomes by name, the exit code, and the data folder."""
    home = dropped.parent / "home"
    before = {path for path in dropped.parent.rglob("*") if home not in path.parents}
    done = wenyuan(home, "ingest", dropped, "--json")
    after = {
        path for path in dropped.parent.rglob("*") if home not in path.parents and path != home
    }
    outcomes = json.loads(done.stdout)["reports"]
    names = {one["path"].removeprefix(f"{dropped}/"): one for one in outcomes}
    return {"code": done.returncode, "by_name": names, "new": after - before, "home": home}


def test_every_bad_file_costs_one_line_that_says_why(taken: dict[str, Any]) -> None:
    assert taken["code"] == 1
    for name, part in REFUSED.items():
        outcome = taken["by_name"][name]
        assert outcome["status"] == "rejected", name
        assert part in outcome["reason"], (name, outcome["reason"])
        assert outcome["reason"].count("。") == 1, outcome["reason"]
        assert outcome["reason"].endswith("。")


def test_the_good_files_beside_them_are_taken(
    taken: dict[str, Any], read: Callable[..., Any]
) -> None:
    for name in TAKEN:
        assert taken["by_name"][name]["status"] == "added", (name, taken["by_name"][name])
    assert taken["by_name"]["pdf_named.txt"]["status"] == "duplicate"
    assert len(read(taken["home"], "reports")["reports"]) >= len(TAKEN)


def test_nothing_is_written_beside_the_data_folder(taken: dict[str, Any]) -> None:
    assert taken["new"] == set()


def test_what_nobody_can_see_is_nowhere_in_the_library(
    taken: dict[str, Any], read: Callable[..., Any]
) -> None:
    reports = read(taken["home"], "reports")["reports"]
    [report] = [one for one in reports if one["path"].endswith("hidden_text.pdf")]
    text = json.dumps(
        [read(taken["home"], "show", one["id"]) for one in report["articles"]], ensure_ascii=False
    )
    assert "指令" not in text
    assert "密码" not in text


def test_the_same_folder_again_changes_nothing(
    taken: dict[str, Any], dropped: Path, wenyuan: Run
) -> None:
    done = wenyuan(taken["home"], "ingest", dropped)
    assert done.returncode == 1
    table = done.stdout
    assert "没有变化" in table
    assert "已入库" not in table
    assert all(name in table for name in REFUSED)
