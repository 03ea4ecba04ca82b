"""The picture of a page as it goes to the browser, which keeps it but asks each time."""

import hashlib
import re

from fastapi import Response

from store.errors import NotFoundError
from store.ids import ReportId
from store.library import Library
from store.reports import PageImage

_NUMBER = re.compile(r"[1-9]\d{0,5}", re.ASCII)


def page_of(library: Library, report_id: str, number: str) -> PageImage:
    """Return the page that an address names.

    Args:
        library: what is read.
        report_id: whatever the address has for a report.
        number: whatever the address has for the number of a page, which counts from 1.

    Raises:
        NotFoundError: no such page.
    """
    if not _NUMBER.fullmatch(number):
        raise NotFoundError(f"没有第 {number} 页。")
    return library.page(ReportId(report_id), int(number))


def page_response(image: PageImage, known: str | None = None) -> Response:
    """Answer with a page's picture, or say that the browser has it already.

    Args:
        image: the page.
        known: the tags of what the browser keeps (If-None-Match), if it keeps anything.
    """
    tag = f'"{hashlib.sha256(image.data).hexdigest()[:32]}"'
    headers = {
        "etag": tag,
        # One visitor's, and asked after each time: a corrected report keeps its address.
        "cache-control": "private, no-cache",
        "cross-origin-resource-policy": "same-origin",
    }
    tags = {one.strip().removeprefix("W/") for one in (known or "").split(",")}
    if tags & {tag, "*"}:
        return Response(status_code=304, headers=headers)
    return Response(image.data, media_type="image/webp", headers=headers)
