"""Files that several tests make: PDFs of empty pages, and zip archives."""

import io
import zipfile
from collections.abc import Mapping

import pytest


def blank_pdf(pages: int) -> bytes:
    """Make a PDF of empty pages."""
    pdfium = pytest.importorskip("pypdfium2")
    document, kept = pdfium.PdfDocument.new(), io.BytesIO()
    for _ in range(pages):
        document.new_page(200, 300)
    document.save(kept)
    document.close()
    return kept.getvalue()


def zipped(entries: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Make a zip archive of members by name."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", method) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return kept.getvalue()
