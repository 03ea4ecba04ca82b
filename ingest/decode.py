"""Turns bytes into text in whichever of the encodings Chinese text comes in."""

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GUESSES = [
    "gb18030", "big5", "big5hkscs", "utf_16_le", "utf_16_be", "cp1252", "shift_jis", "euc_kr",
]  # fmt: skip
# What a declaration names, and what the bytes are: each is a subset of what programs write.
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "iso8859-1": "cp1252"}


def decode(data: bytes, sample_bytes: int = 65_536, declared: str | None = None) -> str | None:
    """Return the text of some bytes, or None where no encoding fits them.

    Args:
        data: the bytes.
        sample_bytes: bytes that the encoding is guessed from, when nothing tells it.
        declared: the encoding that the bytes say they are in; believed only where it fits, for
            it is often wrong. A byte order mark and strict UTF-8 go before it, a guess behind it.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        said = _as_declared(data, declared) if declared else None
        return said if said is not None else _guess(data, sample_bytes)


def _as_declared(data: bytes, declared: str) -> str | None:
    try:
        name = codecs.lookup(declared.strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    if name in {"cp1252", "iso8859-1", "ascii"} or not _is_text_encoding(name):
        # Every byte is a character of these; so that they fit says nothing.
        return None
    text = data.decode(_WIDER.get(name, name), errors="replace")
    # A few broken bytes are damage; many, another encoding.
    return None if text.count("\ufffd") > len(text) // 200 else text


def _is_text_encoding(name: str) -> bool:
    """Leave out what turns bytes into bytes or escapes: hex, zlib, unicode_escape, idna."""
    return name.startswith(("utf", "gb", "big5", "hz", "shift_jis", "euc", "iso", "cp", "koi8"))


def _guess(data: bytes, sample_bytes: int) -> str | None:
    from charset_normalizer import from_bytes

    # A cut inside a character would speak against the right encoding: cut at a line end.
    cut = data.rfind(b"\n", 0, sample_bytes) + 1 if len(data) > sample_bytes else len(data)
    best = from_bytes(data[: cut or sample_bytes], cp_isolation=_GUESSES).best()
    if best is None:
        return None
    encoding = "gb18030" if best.encoding in {"gb2312", "gbk"} else best.encoding
    text = data.decode(encoding, errors="replace")
    return None if text.count("\ufffd") > len(text) // 50 else text
