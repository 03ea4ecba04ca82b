"""Settings of ingestion."""

from dataclasses import dataclass


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
    """

    max_file_bytes: int = 50_000_000
    passage_max_chars: int = 250
    passage_overlap_sentences: int = 1
    quote_max_chars: int = 200
    sentence_max_chars: int = 400

    def __post_init__(self) -> None:
        """Refuse settings that nothing could be read with."""
        if min(self.max_file_bytes, self.passage_max_chars, self.quote_max_chars) < 1:
            raise ValueError("sizes are positive")
        if self.sentence_max_chars < 40:
            raise ValueError("sentence_max_chars is at least 40")
        if self.passage_overlap_sentences < 0:
            raise ValueError("passage_overlap_sentences is 0 or more")
