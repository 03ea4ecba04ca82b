"""The limit on how much text one file may hold, told before much time is spent on it."""

from ingest.reading import Unreadable


def letters(text: str) -> int:
    """Return how many characters of a text are no spaces."""
    return sum(map(len, text.split()))


def too_long(count: int, most: int) -> Unreadable | None:
    """Refuse a file with more than `most` characters, or return None.

    Args:
        count: characters that were found, spaces left out.
        most: the setting max_text_chars.
    """
    if count <= most:
        return None
    return Unreadable(
        reason=f"文件里有 {_told(count)}字，超过 {_told(most)}字的上限，"
        "请拆成几份，或调大设置 max_text_chars 后再收入。"
    )


def _told(count: int) -> str:
    return f"{count} " if count < 10_000 or count % 10_000 else f"{count // 10_000} 万"
