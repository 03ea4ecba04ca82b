"""How type stands: leaning, lying, and where its lines are once the page is turned."""

import math

import numpy as np
import pytest

from ingest.layout.skew import Quads, lean, level, mostly_down, move, quarter


def quads(*boxes: tuple[float, float, float, float]) -> Quads:
    return np.array(
        [[(x0, y0), (x1, y0), (x1, y1), (x0, y1)] for x0, y0, x1, y1 in boxes], np.float32
    )


def turned(lines: Quads, degrees: float) -> Quads:
    angle = math.radians(degrees)
    matrix = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    return np.asarray(lines @ matrix.T, np.float32)


LINES = quads((0, 0, 300, 20), (0, 40, 300, 60), (0, 80, 280, 100), (0, 120, 20, 140))
COLUMNS = quads((0, 0, 20, 300), (40, 0, 60, 300), (80, 0, 100, 280))


@pytest.mark.parametrize("degrees", [-4.0, -0.5, 0.0, 1.2, 6.0])
@pytest.mark.parametrize("lines", [LINES, COLUMNS])
def test_the_lean_of_lines_is_told_whichever_way_they_run(lines: Quads, degrees: float) -> None:
    assert lean(turned(lines, degrees)) == pytest.approx(degrees, abs=0.01)


def test_one_line_that_stands_askew_does_not_count() -> None:
    askew = turned(quads((0, 0, 300, 20)), 9)
    assert lean(np.concatenate([turned(LINES, 1), askew])) == pytest.approx(1, abs=0.01)


def test_short_lines_tell_no_lean() -> None:
    assert lean(quads((0, 0, 20, 20), (50, 0, 80, 20))) == 0
    assert lean(quads()[:0].reshape(0, 4, 2)) == 0


def test_a_levelled_page_holds_all_its_corners_and_its_lines_lie_level() -> None:
    motion, width, height = level(400, 200, 3)
    corners = move(quads((0, 0, 400, 200)), motion)
    assert corners.min() >= -1
    assert corners[..., 0].max() <= width + 1
    assert corners[..., 1].max() <= height + 1
    assert lean(move(turned(LINES, 3), motion)) == pytest.approx(0, abs=0.01)


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_lines_move_with_the_pixels_of_a_page_turned_by_quarters(turns: int) -> None:
    page = np.zeros((100, 60), np.uint8)
    page[10:20, 5:45] = 1
    moved = quarter(quads((5, 10, 45, 20)), 60, 100, turns)[0]
    rows, columns = np.nonzero(np.rot90(page, turns))
    assert moved.min(axis=0).tolist() == [columns.min(), rows.min()]
    assert moved.max(axis=0).tolist() == [columns.max() + 1, rows.max() + 1]
    # The first corner is again the upper left one.
    assert moved[0].tolist() == moved.min(axis=0).tolist()


def test_a_page_whose_long_lines_run_downwards_is_told_from_one_with_a_vertical_headline() -> None:
    assert mostly_down(COLUMNS)
    assert not mostly_down(np.concatenate([LINES, COLUMNS[:1]]))
    assert not mostly_down(LINES[:0])
