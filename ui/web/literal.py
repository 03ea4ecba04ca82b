"""Untrusted text to HTML that shows exactly its characters: the one gate that it goes through."""

from store.text import clean

_DELIMITERS = {ord(c): f"&#{ord(c)};" for c in "\"'[](){}!`\\$*_~|#@="} | {
    ord("&"): "&amp;",
    ord("<"): "&lt;",
    ord(">"): "&gt;",
    ord("\t"): " ",
}


def literal(text: str) -> str:
    """Return text as HTML that shows exactly these characters, whatever they are."""
    escaped = clean(text).translate(_DELIMITERS)
    escaped = escaped.replace("://", "&#58;&#47;&#47;").replace("www.", "www&#46;")
    return escaped.replace("\n", "<br>")
