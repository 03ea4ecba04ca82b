"""The one file that knows rapidocr: finds lines of type in a picture and reads them."""

import importlib.util
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from ingest.scan.wording import Choices, likeliest

Pixels = NDArray[np.uint8]
"""A picture: height, width and the channels blue, green, red, as the models were taught."""
Corners = NDArray[np.float32]
"""Lines found: (n, 4, 2), the corners of each from the upper left, clockwise, in pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLine:
    """What one cut-out line says.

    Attributes:
        text: as read; an empty text where nothing was.
        confidence: mean over its characters, 0 to 1; no more than that of any character that its
            words decided against its looks.
        places: where along the line the middle of each character is, 0 to 1; blanks of the text
            have none, so these are as many as its other characters.
    """

    text: str
    confidence: float
    places: tuple[float, ...]


_POSSIBLE = 1e-3  # what a character may be was seen with this confidence at least
_OTHERS = 4  # that it may be
_BLANK = 0  # what the model says between characters
_loading = threading.Lock()


class _Words(Protocol):
    """What rapidocr tells of the characters of a line: their columns, and how many there are."""

    word_cols: list[list[int]]
    line_txt_len: float
    confs: list[float]


class _Decoder:
    """Stands in for rapidocr's own, and looks again at the characters that this is unsure of."""

    def __init__(self, own: Any) -> None:  # noqa: ANN401 rapidocr tells no types
        self._own = own

    def __call__(self, seen: NDArray[np.float32], *args: object, **named: object) -> Any:  # noqa: ANN401
        """Return texts with their confidence, and their words, of what a model saw in lines."""
        lines, words = self._own(seen, *args, **named)
        for at, (one, word) in enumerate(zip(seen, words, strict=True)):
            if lines[at][0] and min(word.confs) < 1 - _POSSIBLE:
                lines[at] = _decided(_choices(one, self._own.character))
        return lines, words


def _decided(line: Sequence[Choices]) -> tuple[str, float]:
    """Return what a line says, and how sure that is: no surer than what the words decided."""
    read = likeliest(line)
    sure = sum(likely for _, likely in read) / len(read)
    changed = [one[1] for one, choices in zip(read, line, strict=True) if one[0] != choices[0][0]]
    return "".join(character for character, _ in read), min([sure, *changed])


def _choices(seen: NDArray[np.float32], characters: Sequence[str]) -> list[Choices]:
    """Return what each character of a line may be; Chinese ones only may be others."""
    best = seen.argmax(axis=1)
    edges = [0, *(np.flatnonzero(best[1:] != best[:-1]) + 1), len(best)]
    line: list[Choices] = []
    for first, end in pairwise(edges):
        if best[first] == _BLANK:
            continue
        known, likely = characters[best[first]], float(seen[first, best[first]])
        others: list[tuple[str, float]] = []
        if _is_chinese(known):
            most = seen[first:end].max(axis=0)
            seen_as = np.flatnonzero(most >= _POSSIBLE).tolist()
            told = [(characters[at], float(most[at])) for at in seen_as]
            others = [each for each in told if each[0] != known and _is_chinese(each[0])]
            others = sorted(others, key=lambda each: -each[1])[:_OTHERS]
        line.append(((known, likely), *others))
    return line


def _is_chinese(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"


class Engine:
    """Models that are loaded once; one call at a time, the rest wait."""

    def __init__(self, threads: int) -> None:
        """Load the models; raises ImportError where rapidocr or onnxruntime is missing."""
        from rapidocr import RapidOCR

        if importlib.util.find_spec("onnxruntime") is None:  # rapidocr misses it too late
            raise ImportError("onnxruntime")
        self._lock = threading.Lock()
        self._models = RapidOCR(params=_settings(threads))
        self._models.recognize_txt([np.full((48, 48, 3), 255, np.uint8)])  # loads what reads
        reader = cast("Any", self._models.text_rec)
        reader.postprocess_op = _Decoder(reader.postprocess_op)

    def find(self, picture: Pixels) -> Corners:
        """Return the lines of type in a picture, which is looked at in the size it has."""
        with self._lock:
            found = self._models(picture, use_rec=False)
        boxes = getattr(found, "boxes", None)
        return np.zeros((0, 4, 2), np.float32) if boxes is None else np.asarray(boxes, np.float32)

    def read(self, lines: Sequence[Pixels]) -> tuple[ReadLine, ...]:
        """Read cut-out lines, each of them level and upright."""
        if not lines:
            return ()
        with self._lock:
            found = self._models.recognize_txt(list(lines))
        texts, scores = found.txts or (), found.scores or ()
        words = cast("Sequence[_Words]", found.word_results)
        told = zip(texts, scores, words, strict=True)
        return tuple(_read_line(str(text), float(score), each) for text, score, each in told)


def engine(threads: int) -> Engine:
    """Return the engine of this process; raises ImportError where a package is missing.

    Args:
        threads: threads that it may use, 1 or more; another number loads another engine.
    """
    with _loading:
        return _loaded(threads)


@lru_cache(maxsize=1)
def _loaded(threads: int) -> Engine:
    return Engine(threads)


def _settings(threads: int) -> dict[str, object]:
    """No scaling of its own, no limit to the lines of a page, and memory given back at once."""
    return {
        "Global.log_level": "error",
        "Global.use_cls": False,
        "Global.text_score": 0.0,
        "Global.return_word_box": True,
        "Global.use_preprocess_img": False,
        "Global.use_vertical_padding": False,
        "Det.limit_type": "max",
        "Det.limit_side_len": 1_000_000,
        "Det.max_candidates": 10_000,
        "EngineConfig.onnxruntime.intra_op_num_threads": threads,
        "EngineConfig.onnxruntime.enable_cpu_mem_arena": False,
    }


def _read_line(text: str, confidence: float, words: _Words) -> ReadLine:
    columns = [column for word in words.word_cols for column in word]
    length = max(float(words.line_txt_len), 1.0)
    return ReadLine(
        text=text,
        confidence=confidence,
        places=tuple((column + 0.5) / length for column in columns),
    )
