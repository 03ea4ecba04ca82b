"""Values come back as they went; anything else comes back as an error, and is never run."""

import pickle
import struct
from pathlib import Path

import pytest

from ingest import codec
from ingest.config import IngestConfig
from ingest.reading import Line, ReadPage, Role
from ingest.task import FileDone, Task
from store.articles import Box
from store.outcomes import Rejection
from store.reports import PageImage

PAGE = ReadPage(
    lines=(
        Line(
            text="社区食堂",
            box=Box(page=1, x0=0, y0=0.1, x1=0.5, y1=0.2),
            role=Role.HEAD,
            size=1.5,
            confidence=0.9,
        ),
    ),
    image=PageImage(page=1, width=2, height=3, data=b"webp"),
)


class Evil:
    def __reduce__(self) -> tuple[object, ...]:
        return (Path("/tmp/evil").touch, ())


@pytest.mark.parametrize(
    "value",
    [
        PAGE,
        Task(path="/甲.txt", data=b"x", config=IngestConfig(spool=Path("/a"))),
        FileDone(found=Rejection(path="/甲.txt", reason="空的。"), notes=("一",)),
    ],
)
def test_a_value_comes_back_as_it_went(value: object) -> None:
    assert codec.loads(codec.dumps(value)) == value


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x80",
        b"cos\nsystem\n(S'true'\ntR.",
        pickle.dumps(print),
        pickle.dumps(Evil()),
        b"cingest.codec\nloads\n.",
        b"cingest.reading\ndataclass\n.",
        codec.dumps(PAGE)[:-5],
        b"cpathlib\nPosixPath\n(N}S'stat'\ncstore.outcomes\nRejection\nstb.",
        b"\x8c\x07builtins\x8c\x04eval\x93.",
    ],
)
def test_bytes_that_are_no_value_of_ours_are_refused(data: bytes) -> None:
    with pytest.raises(codec.CodecError):
        codec.loads(data)


def test_a_value_that_breaks_its_own_rules_is_refused() -> None:
    half = b"G" + struct.pack(">d", 0.5)
    whole = codec.dumps(PAGE)
    assert whole.count(half) == 1
    with pytest.raises(codec.CodecError):
        codec.loads(whole.replace(half, b"G" + struct.pack(">d", 10.0)))
