"""Parts of reading a PDF page: what is seen, upright lines, what pages repeat."""

from PIL import Image, ImageDraw

from ingest.layout.printed import Printed
from ingest.pdf.characters import Character
from ingest.pdf.ink import part_seen
from ingest.pdf.margins import is_repeated
from ingest.pdf.runs import runs_of


def character(text: str, x: float, baseline: float, em: float, order: int) -> Character:
    return Character(
        text=text, x0=x, y0=baseline - 0.85 * em, x1=x + em, y1=baseline + 0.1 * em, x=x,
        baseline=baseline, em=em, angle=0.0, face="face", weight=400, shade=255.0, drawn=True,
        spaced=False, typed=False, order=order,
    )  # fmt: skip


def test_heavy_white_type_on_a_dark_ground_is_seen() -> None:
    page = Image.new("L", (300, 200), 255)
    pen = ImageDraw.Draw(page)
    pen.rectangle((20, 40, 280, 130), fill=80)
    # So heavy that most of its square is white.
    pen.rectangle((60, 62, 98, 98), fill=255)
    pen.rectangle((66, 68, 72, 94), fill=80)
    seen, hidden = part_seen([character("望", 60, 96, 40, 0)], page, 300, 200)
    assert ([each.text for each in seen], hidden) == (["望"], [])


def test_white_type_on_paper_is_hidden_whatever_lies_under_it() -> None:
    page = Image.new("L", (300, 200), 255)
    ImageDraw.Draw(page).line((55, 80, 105, 80), fill=0, width=2)
    seen, hidden = part_seen([character("望", 60, 96, 40, 0)], page, 300, 200)
    assert (seen, [each.text for each in hidden]) == ([], ["望"])


def test_a_last_character_beside_an_upright_line_belongs_to_it() -> None:
    upright = [character(text, 200, 60 + 30 * at, 28, at) for at, text in enumerate("楼道里的灯")]
    rest = character("亮", 165, 60, 28, len(upright))
    runs = runs_of([*upright, rest])
    assert {(run.text, run.vertical) for run in runs} == {("楼道里的灯", True), ("亮", True)}


def line(text: str) -> Printed:
    return Printed(text=text, x0=0, y0=0, x1=100, y1=10, em=10)


def test_what_a_margin_repeats_is_known_by_all_of_its_words() -> None:
    margins = "澄湖晚报 2023年5月26日\n责任编辑：何一舟 版式：陆禾"
    assert is_repeated(line("澄湖晚报"), margins)
    assert is_repeated(line("责任编辑：何一舟"), margins)
    assert is_repeated(line("2023年5月27日"), margins)


def test_a_few_characters_that_stand_in_a_longer_word_are_not_repeated() -> None:
    assert not is_repeated(line("晚报"), "澄湖晚报 2023年5月26日")
