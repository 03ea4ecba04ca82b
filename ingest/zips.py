"""What a zip file may be, asked before anything of it is unpacked, by all who open one."""

import zipfile
import zlib

DAMAGED = (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, RuntimeError)
"""All that opening a zip file, or reading a plain member of it, may raise."""

_ENCRYPTED = 0x1
_PLAIN = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # those whose memory is known beforehand
_RATIO = 100
_RATIO_FROM = 1_000_000  # bytes: a small text of one repeated line shrinks more, and harms nobody
_MOST_DIRECTORY = 16_000_000  # bytes: some hundred thousand members


def is_encrypted(entry: zipfile.ZipInfo) -> bool:
    """Say whether a member needs a password."""
    return bool(entry.flag_bits & _ENCRYPTED)


def is_plain(entry: zipfile.ZipInfo) -> bool:
    """Say whether a member is packed in a way that cannot ask for any amount of memory."""
    return entry.compress_type in _PLAIN


def is_bomb(entry: zipfile.ZipInfo) -> bool:
    """Say whether a member says that it unpacks to far more than it takes."""
    return entry.file_size > max(_RATIO_FROM, _RATIO * entry.compress_size)


def is_overfull(data: bytes) -> bool:
    """Say whether a zip archive's directory is so large that reading it would take minutes.

    What the archive says of itself is asked, for that is what opening it would go by.
    """
    end = data.rfind(b"PK\x05\x06")
    if end < 0:
        return False
    size = int.from_bytes(data[end + 12 : end + 16], "little")
    wide = data.rfind(b"PK\x06\x06", 0, end)
    if size == 0xFFFFFFFF and wide >= 0:
        size = int.from_bytes(data[wide + 40 : wide + 48], "little")
    return min(size, end) > _MOST_DIRECTORY
