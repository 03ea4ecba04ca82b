"""Settings of ingestion."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestConfig:
    """How files are read and cut into passages.

    Attributes:
        max_file_bytes: a larger file is rejected unread.
        passage_max_chars: whole sentences are packed up to this many characters; a longer
            sentence is a passage of its own.
        passage_overlap_sentences: sentences repeated at the start of the next passage of the
            same section (0 or more).
        quote_max_chars: a sentence is not ended inside an open quotation until it is this long.
        sentence_max_chars: text without any full stop is cut into sentences of this length.
        max_pages: a file with more pages is rejected.
        max_text_chars: a file with more characters, spaces left out, is rejected.
        max_pixels: a picture with more pixels is rejected undecoded.
        max_unpacked_bytes: what an archive may unpack to in all.
        max_members: files that an archive may hold.
        ocr_threads: threads that recognising text in pictures may use (1 or more).
        page_timeout_s: seconds that reading one page may take before its file is given up.
        reader_memory_bytes: memory that the process that reads files may take.
        spool: folder for the pages of files that are not finished yet; None keeps none.
    """

    max_file_bytes: int = 200_000_000
    passage_max_chars: int = 250
    passage_overlap_sentences: int = 1
    quote_max_chars: int = 200
    sentence_max_chars: int = 400
    max_pages: int = 1000
    max_text_chars: int = 3_000_000
    max_pixels: int = 100_000_000
    max_unpacked_bytes: int = 200_000_000
    max_members: int = 1000
    ocr_threads: int = 2
    page_timeout_s: float = 120.0
    reader_memory_bytes: int = 4_000_000_000
    spool: Path | None = None

    def __post_init__(self) -> None:
        """Refuse settings that nothing could be read with."""
        sizes = (
            self.max_file_bytes,
            self.passage_max_chars,
            self.quote_max_chars,
            self.max_pages,
            self.max_text_chars,
            self.max_pixels,
            self.max_unpacked_bytes,
            self.max_members,
            self.ocr_threads,
            self.page_timeout_s,
            self.reader_memory_bytes,
        )
        if min(sizes) <= 0:
            raise ValueError("sizes are positive")
        if self.sentence_max_chars < 40:
            raise ValueError("sentence_max_chars is at least 40")
        if self.passage_overlap_sentences < 0:
            raise ValueError("passage_overlap_sentences is 0 or more")
