"""Pictures of every kind are read, and what is no readable picture is refused in one sentence."""

import io
import struct

import numpy as np
import pytest
from PIL import Image

from ingest.config import IngestConfig
from ingest.detect import format_of
from ingest.readers.image import Config, as_seen, build
from ingest.reading import Reading, ReadPage, Unreadable
from tests.ingest.typeset import STORY, columns


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    data = io.BytesIO()
    picture.save(data, kind, **options)
    return data.getvalue()


def opened(data: bytes, config: Config | None = None) -> Reading:
    reading = build(config or Config()).read(data)
    assert isinstance(reading, Reading), reading
    return reading


def refused(data: bytes, config: Config | None = None) -> str:
    """Return why a picture is refused, be it on opening or on reading its page."""
    found = build(config or Config()).read(data)
    if isinstance(found, Reading):
        page = found.page(1)
        assert isinstance(page, Unreadable)
        found = page
    assert found.reason.endswith("。")
    assert found.reason.count("。") == 1
    return found.reason


def text_of(reading: Reading, number: int = 1) -> str:
    page = reading.page(number)
    assert isinstance(page, ReadPage), page
    return "".join(line.text for line in page.lines)


def grey() -> Image.Image:
    """A picture larger than what is refused as too small, without type."""
    return Image.fromarray(np.tile(np.arange(0, 240, dtype=np.uint8), (60, 1)))


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        ("JPEG", "RGB"),
        ("JPEG", "CMYK"),
        ("PNG", "RGBA"),
        ("PNG", "P"),
        ("PNG", "1"),
        ("PNG", "I;16"),
        ("WEBP", "RGB"),
        ("GIF", "P"),
        ("BMP", "RGB"),
        ("TIFF", "1"),
        ("TIFF", "F"),
    ],
)
def test_every_kind_of_picture_is_seen_as_a_viewer_shows_it(kind: str, mode: str) -> None:
    given = (
        Image.fromarray(np.asarray(grey(), np.uint16) * 257)
        if mode == "I;16"
        else grey().convert(mode)
    )
    data = saved(given, kind)
    assert format_of(data) == "image"
    assert opened(data).pages == 1
    seen = as_seen(Image.open(io.BytesIO(data)))
    assert seen.mode in {"L", "RGB"}
    left, right = np.asarray(seen.convert("L"))[:, [20, 220]].mean(axis=0)
    assert left < right


def test_what_is_transparent_is_white() -> None:
    clear = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    assert np.asarray(as_seen(clear).convert("L")).min() == 255


def test_a_phone_photo_is_turned_as_its_camera_was_held() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    data = saved(grey().convert("RGB"), "JPEG", exif=exif)
    assert as_seen(Image.open(io.BytesIO(data))).size == (60, 240)


def test_a_fax_with_flat_pixels_is_stretched() -> None:
    data = saved(grey().convert("1"), "TIFF", dpi=(204, 98))
    assert as_seen(Image.open(io.BytesIO(data))).size == (240, 125)


def test_a_page_is_read_from_its_bytes() -> None:
    data = saved(columns([STORY[:3]]), "JPEG", quality=60)
    assert text_of(opened(data)) == "".join(STORY[:3])


def test_the_pages_of_a_tiff_are_read_one_by_one_without_its_small_copies() -> None:
    first, second = columns([STORY[:2]]), columns([STORY[2:4]])
    data = saved(first, "TIFF", save_all=True, append_images=[second])
    reading = opened(data)
    assert reading.pages == 2
    assert text_of(reading, 2) == "".join(STORY[2:4])
    copy = first.resize((200, 60))
    copy.encoderinfo = {"tiffinfo": {254: 1}}
    assert opened(saved(first, "TIFF", save_all=True, append_images=[copy])).pages == 1


def test_of_an_animation_the_first_frame_is_the_page() -> None:
    frames = [grey().convert("P"), grey().transpose(Image.Transpose.FLIP_LEFT_RIGHT).convert("P")]
    data = saved(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert opened(data).pages == 1


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP"])
def test_a_picture_broken_off_is_refused(kind: str) -> None:
    noise = np.random.default_rng(0).integers(0, 255, (200, 200, 3)).astype(np.uint8)
    data = saved(Image.fromarray(noise), kind)
    assert "损坏" in refused(data[: len(data) // 2])
    assert "损坏" in refused(data[:30])


def test_a_picture_with_too_many_pixels_is_refused_before_it_is_decoded() -> None:
    assert "上限" in refused(saved(grey(), "PNG"), Config(max_pixels=10_000))
    # A few bytes that claim to be 60,000 by 60,000 pixels.
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
    bomb = saved(grey(), "PNG").replace(struct.pack(">IIBBBBB", 240, 60, 8, 0, 0, 0, 0), header)
    assert "上限" in refused(_with_checksum(bomb))


def _with_checksum(png: bytes) -> bytes:
    import zlib

    return png[:29] + struct.pack(">I", zlib.crc32(png[12:29])) + png[33:]


def test_a_picture_between_pillows_limits_and_ours_is_opened_without_a_warning() -> None:
    header = struct.pack(">IIBBBBB", 9_500, 10_000, 8, 0, 0, 0, 0)
    large = saved(grey(), "PNG").replace(struct.pack(">IIBBBBB", 240, 60, 8, 0, 0, 0, 0), header)
    assert opened(_with_checksum(large)).pages == 1


def test_a_picture_too_small_for_text_is_refused() -> None:
    assert "太小" in refused(saved(Image.new("L", (300, 8)), "PNG"))


@pytest.mark.parametrize("brand", [b"heic", b"mif1", b"heix"])
def test_an_apple_photo_is_refused_with_what_to_do(brand: bytes) -> None:
    data = b"\x00\x00\x00\x18ftyp" + brand + bytes(40)
    assert format_of(data) == "image"
    assert "另存为 JPG" in refused(data)


def test_film_and_a_text_that_begins_with_two_letters_are_no_pictures() -> None:
    assert format_of(b"\x00\x00\x00\x18ftypisom" + bytes(40)) == "binary"
    assert format_of("BMW 车主在社区停车".encode()) == "text"


def test_the_reader_gets_its_settings_from_those_of_ingestion() -> None:
    assert Config().max_pixels == IngestConfig().max_pixels
    assert Config().ocr_threads == IngestConfig().ocr_threads
