"""Takes the page out of a web archive (.mhtml), which is written as a mail with attachments."""

import re

_HEADERS = re.compile(
    rb"^(?:[\w-]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){1,20}?"
    rb"content-type:\s*multipart/related",
    re.IGNORECASE,
)


def is_mhtml(data: bytes) -> bool:
    """Say whether bytes are a web archive, by the headers they begin with."""
    return _HEADERS.match(data[:4096].lstrip()) is not None


def unwrap(data: bytes) -> tuple[bytes, str | None]:
    """Return the page in a web archive and the encoding it names; other bytes as they are."""
    if not is_mhtml(data):
        return data, None
    from email import message_from_bytes

    for part in message_from_bytes(data).walk():
        if part.get_content_type() in {"text/html", "application/xhtml+xml"}:
            page = part.get_payload(decode=True)
            if isinstance(page, bytes) and page.strip():
                return page, part.get_content_charset()
    return b"", None
