"""Reads files of JSON objects strictly: whatever is wrong with one is told with file and line."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from store.errors import NotFoundError, UsageError


class Named(Protocol):
    """What has an id of its own."""

    @property
    def id(self) -> str:
        """The id, told once in its file."""
        ...


T = TypeVar("T", bound=Named)
_HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One JSON object; `place` says where it stands (file and line), in Chinese."""

    place: str
    value: Mapping[str, object]

    def refused(self, why: str) -> UsageError:
        """Return the error that says what is wrong here, in one sentence; `why` has no 。."""
        return UsageError(f"{self.place}：{why}。")

    def text(self, *keys: str, default: str | None = None) -> str:
        """Return the text (or whole number) under the first of the keys that is there.

        Raises:
            UsageError: it is something else, blank, or missing without a default.
        """
        key = next((one for one in keys if self.value.get(one) is not None), None)
        if key is None:
            if default is None:
                raise self.refused(f"缺少 {keys[0]}")
            return default
        found = self.value[key]
        if isinstance(found, bool) or not isinstance(found, str | int):
            raise self.refused(f"{key} 应为文字")
        if not str(found).strip() and default is None:
            raise self.refused(f"{key} 是空的")
        return self.whole(key, str(found))

    def whole(self, key: str, text: str) -> str:
        r"""Return a text as it is.

        Raises:
            UsageError: a character of it is cut in half (a lone surrogate, such as \ud800), so
                that it can be written nowhere.
        """
        if _HALF.search(text):
            raise self.refused(f"{key} 里有不完整的字符（单独的 \\ud800 至 \\udfff），请改正")
        return text

    def flag(self, key: str) -> bool:
        """Return the truth value under a key; raises UsageError where there is none."""
        found = self.value.get(key)
        if not isinstance(found, bool):
            raise self.refused(f"{key} 应为 true 或 false")
        return found

    def items(self, key: str) -> list[object]:
        """Return the list under a key, empty where it is missing; raises UsageError otherwise."""
        found = self.value.get(key)
        if found is None:
            return []
        if not isinstance(found, list):
            raise self.refused(f"{key} 应为列表")
        return found

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the list of texts under a key; raises UsageError where it is something else."""
        return tuple(self._text_in(key, one) for one in self.items(key))

    def groups(self, key: str) -> tuple[tuple[str, ...], ...]:
        """Return the list of lists of texts under a key, a bare text as a list of one.

        Raises:
            UsageError: it is something else, or an inner list is empty.
        """
        found = []
        for one in self.items(key):
            inner = one if isinstance(one, list) else [one]
            if not inner:
                raise self.refused(f"{key} 里有空的列表")
            found.append(tuple(self._text_in(key, item) for item in inner))
        return tuple(found)

    def _text_in(self, key: str, item: object) -> str:
        if isinstance(item, bool) or not isinstance(item, str | int) or not str(item).strip():
            raise self.refused(f"{key} 里应是文字，且不能为空")
        return self.whole(key, str(item))


def read_text(path: Path) -> str:
    """Return the text of a file, without a byte order mark.

    Raises:
        NotFoundError: it is not there, cannot be read, or is not UTF-8.
    """
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotFoundError(f"读不到文件：{path} 不是 UTF-8 编码的文本。") from error
    except OSError as error:
        raise NotFoundError(f"读不到文件：{path}，请检查路径和权限。") from error


def rows(path: Path) -> tuple[Row, ...]:
    """Read a file of one JSON object a line; blank lines are passed over.

    Raises:
        NotFoundError: the file cannot be read.
        UsageError: a line is no JSON object.
    """
    found = []
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        if line.strip():
            place = f"{path} 第 {number} 行"
            found.append(as_row(place, parsed(place, line)))
    return tuple(found)


def parsed(place: str, text: str) -> object:
    """Parse JSON; raises UsageError, with the place, where it is none."""
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{place}：不是有效的 JSON。") from error
    return value


def as_row(place: str, value: object) -> Row:
    """Return a JSON object with its place; raises UsageError where it is something else."""
    if not isinstance(value, dict):
        raise UsageError(f"{place}：应是一个 JSON 对象（{{…}}）。")
    return Row(place=place, value=value)


def distinct(found: Iterable[Row], make: Callable[[Row], T]) -> tuple[T, ...]:
    """Make something of each row; raises UsageError where an id comes a second time."""
    made: dict[str, T] = {}
    for row in found:
        one = make(row)
        if one.id in made:
            raise row.refused(f"id “{one.id}”重复")
        made[one.id] = one
    return tuple(made.values())
