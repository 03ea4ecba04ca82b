"""When a page's text layer is read, and when what is printed on it is recognised instead."""

import pytest
from PIL import Image

from ingest.layout.printed import Rectangle
from ingest.pdf.choice import is_to_be_recognised

BLANK = Image.new("L", (200, 200), 255)
PRINTED = Image.new("L", (200, 200), 60)
WHOLE = (Rectangle(x0=0, y0=0, x1=100, y1=100),)
GOOD = "我们社区的居民在院子里商量事情，大家一起把花园种好，这是第一年。" * 5
AREA = 10_000.0


def test_text_that_reads_as_text_is_taken() -> None:
    assert not is_to_be_recognised(GOOD, "", (), BLANK, AREA)


def test_text_over_a_picture_of_the_whole_page_is_taken_where_it_is_seen() -> None:
    assert not is_to_be_recognised(GOOD, "", WHOLE, PRINTED, AREA)


@pytest.mark.parametrize(
    "text",
    ["", "\ufffd" * 50 + GOOD, "\ue001" * 30 + GOOD, "栅蛲婷隗窬钣蕞勖" * 30],
    ids=["none", "replacement characters", "private characters", "a garbled map"],
)
def test_garbage_is_recognised_from_the_picture(text: str) -> None:
    assert is_to_be_recognised(text, "", WHOLE, PRINTED, AREA)


def test_a_hidden_layer_under_a_scan_is_not_trusted() -> None:
    assert is_to_be_recognised("第一版", GOOD, WHOLE, PRINTED, AREA)


def test_type_turned_into_outlines_is_recognised() -> None:
    assert is_to_be_recognised("", "", (), PRINTED, AREA)


def test_a_blank_page_is_not_recognised() -> None:
    assert not is_to_be_recognised("", "", (), BLANK, AREA)
