"""Words that mean the same to residents: the packaged list, and the user's own beside it."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from store.errors import UsageError

_LONGEST_GROUP = 50


@dataclass(frozen=True, slots=True)
class Synonyms:
    """For each word the others of its groups."""

    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def among(self, words: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Return the words of a text that have synonyms, each with these.

        Args:
            words: the whole text in its words, in order; what two or more of them make together
                counts as well, the longest first.

        Returns:
            No word lies within another; no synonym is a single character.
        """
        found: dict[str, tuple[str, ...]] = {}
        longest = max(map(len, self.others), default=0)
        at = 0
        while at < len(words):
            taken = 1
            for beyond in range(len(words), at, -1):
                joined = "".join(words[at:beyond])
                if len(joined) <= longest and joined in self.others:
                    found[joined] = self.others[joined]
                    taken = beyond - at
                    break
            at += taken
        return found


NONE = Synonyms()


@lru_cache(maxsize=8)
def load(path: Path | None = None) -> Synonyms:
    """Read the packaged list, and a user's file beside it.

    Args:
        path: the user's file; None for none.

    Raises:
        UsageError: the file cannot be read, or is not of the form of data/synonyms.toml.
    """
    text = files("assistant").joinpath("data/synonyms.toml").read_text("utf-8")
    groups = [line.split() for line in tomllib.loads(text)["groups"]]
    return _joined([*groups, *(_users(path) if path else ())])


def _joined(groups: Sequence[Sequence[str]]) -> Synonyms:
    others: dict[str, dict[str, None]] = {}
    for group in groups:
        for word in group:
            rest = (one for one in group if one != word and len(one) > 1)
            others.setdefault(word, {}).update(dict.fromkeys(rest))
    return Synonyms({word: tuple(rest) for word, rest in others.items() if rest})


def _users(path: Path) -> list[list[str]]:
    form = '应为 groups = ["卫生费 物业费", …]，每组几个词，用空格分开'
    try:
        found = tomllib.loads(path.read_text("utf-8")).get("groups")
    except OSError as error:
        raise UsageError(f"同义词文件 {path} 读不出来：{error.strerror or error}。") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"同义词文件 {path} 不是有效的 TOML：{error}。") from error
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise UsageError(f"同义词文件 {path} 的写法不对，{form}。")
    groups = [one.split() for one in found]
    wrong = next((one for one in groups if not 2 <= len(one) <= _LONGEST_GROUP), None)
    if wrong is not None:
        raise UsageError(f"同义词文件 {path} 里的一组“{' '.join(wrong)[:40]}”写法不对，{form}。")
    return groups
