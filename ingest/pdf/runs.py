"""Makes runs of text of single characters: by baseline and type size, then by the gaps in a row."""

import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from ingest.layout.printed import Printed
from ingest.normalise import repair_characters
from ingest.pdf.characters import Character

_ASCENT, _DESCENT = 0.88, 0.12  # of the type size: what a full-width character fills of its line
_TIGHT = frozenset("，。、；：！？”’」』）》】…,.;:!?)%")
_ENDING = frozenset("。！？”）")
_OPEN = frozenset("“‘「『（《【(")
_HEAVY_NAMES = ("bold", "black", "heavy", "semibold", "simhei", "heiti", "黑")
_PART = 0.75  # em: a wider gap may be a gutter
_TALL = 3  # characters: fewer below each other are no vertical line


def runs_of(characters: Sequence[Character]) -> tuple[Printed, ...]:
    """Return the runs of a page; white space and order of drawing play no part in it."""
    heavy = _is_heavier(characters)
    lines, rest = _vertical(characters)
    runs = [_printed(line, heavy=heavy, vertical=True) for line in lines]
    for row in _rows(rest):
        for part in _together_again(_parts(row)):
            runs += [_printed(part, heavy=heavy)]
    return tuple(run for run in runs if run.text.strip())


def _is_heavier(characters: Sequence[Character]) -> dict[tuple[str, int], bool]:
    """Say of every face whether it is heavier than the one that most characters have."""
    faces = Counter((character.face, character.weight) for character in characters)
    if not faces:
        return {}
    usual = faces.most_common(1)[0][0]
    usual_named = any(name in usual[0].lower() for name in _HEAVY_NAMES)
    return {
        (face, weight): (weight >= 600 > usual[1] and usual[1] > 0)
        or (not usual_named and any(name in face.lower() for name in _HEAVY_NAMES))
        for face, weight in faces
    }


def _vertical(
    characters: Sequence[Character],
) -> tuple[list[list[Character]], list[Character]]:
    """Part the lines whose characters are drawn one below the other from all other characters."""
    lines: list[list[Character]] = []
    rest: list[Character] = []
    line: list[Character] = []
    for character in [*characters, None]:
        if character and line and _is_below(line[-1], character, line):
            line.append(character)
            continue
        if len(line) >= _TALL or (line and lines and _is_rest(lines[-1], line)):
            lines.append(line)
        else:
            rest += line
        line = [character] if character else []
    return lines, rest


def _is_rest(upright: Sequence[Character], line: Sequence[Character]) -> bool:
    """Say whether a character or two begin the line to the left of an upright one drawn before."""
    first, top = line[0], upright[0]
    return (
        _is_wide(first)
        and abs(first.em - top.em) < 0.05 * top.em
        and abs(first.baseline - top.baseline) < 0.1 * top.em
        and 0.9 * top.em < top.x0 - first.x0 < 2.2 * top.em
        and first.order == upright[-1].order + 1
    )


def _is_below(above: Character, character: Character, line: Sequence[Character]) -> bool:
    if abs(above.em - character.em) > 0.15 * above.em or not _is_wide(character):
        return False
    centre = (above.x0 + above.x1) / 2, (character.x0 + character.x1) / 2
    step = character.baseline - above.baseline
    if abs(centre[0] - centre[1]) > 0.3 * above.em or not 0.7 * above.em < step < 1.8 * above.em:
        return False
    if len(line) < 2:
        return True
    usual = line[1].baseline - line[0].baseline
    return abs(step - usual) < 0.25 * usual


def _is_wide(character: Character) -> bool:
    """Say whether a character fills a square; quotes and dashes do in Chinese type only."""
    if "\u2000" <= character.text < "\u2e80":
        return character.x1 - character.x0 > 0.7 * character.em
    return character.text >= "\u2e80"


def _rows(characters: Iterable[Character]) -> list[list[Character]]:
    """Group characters that stand on one baseline, each row from left to right."""
    rows: list[list[Character]] = []
    for character in sorted(characters, key=lambda character: character.baseline):
        near = (
            row
            for row in reversed(rows[-12:])
            if abs(row[-1].baseline - character.baseline)
            < 0.12 * min(row[-1].em, character.em) + 0.3
        )
        row = next(near, None)
        if row:
            row.append(character)
        else:
            rows.append([character])
    return [sorted(row, key=lambda character: (character.x, character.order)) for row in rows]


def _parts(row: Sequence[Character]) -> list[list[Character]]:
    """Cut a row where a wide gap or another type size begins."""
    parts = [[row[0]]]
    for before, character in pairwise(row):
        em = max(before.em, character.em)
        wide = character.x0 - before.x1 > _PART * em
        if wide or abs(before.em - character.em) > 0.25 * em:
            parts.append([])
        parts[-1].append(character)
    return parts


def _together_again(parts: Sequence[list[Character]]) -> list[list[Character]]:
    """Join single characters set at equal wide distances: a headline with spaced letters."""
    joined: list[list[Character]] = []
    at = 0
    while at < len(parts):
        end = at + 1
        if len(parts[at]) == 1:
            while end < len(parts) and _keeps_step(parts[at : end + 1]):
                end += 1
        if end - at >= 3 or (end - at == 2 and len(parts) == 2):
            joined.append([character for part in parts[at:end] for character in part])
        else:
            joined += parts[at:end]
        at = end
    return joined


def _keeps_step(parts: Sequence[list[Character]]) -> bool:
    """Say whether all parts are one character, of one size, at about equal steps below 4 em."""
    if any(len(part) > 1 for part in parts):
        return False
    single = [part[0] for part in parts]
    steps = [after.x - before.x for before, after in pairwise(single)]
    em = single[0].em
    same = all(abs(character.em - em) < 0.1 * em for character in single)
    return same and max(steps) < 4 * em and max(steps) - min(steps) < 0.35 * em


def _printed(
    characters: Sequence[Character],
    *,
    heavy: dict[tuple[str, int], bool],
    vertical: bool = False,
) -> Printed:
    em = statistics.median(character.em for character in characters)
    bold = sum(heavy[character.face, character.weight] for character in characters)
    if vertical:
        text = "".join(character.text for character in characters)
        y0, y1 = characters[0].baseline, characters[-1].baseline
        x0, x1 = characters[0].x0, characters[0].x0 + em
    else:
        text = _spaced(characters)
        y0 = y1 = statistics.median(character.baseline for character in characters)
        x0, x1 = characters[0].x0, max(character.x1 for character in characters)
    return Printed(
        text=repair_characters(text) + ("\u00ad" if text.endswith("\u00ad") else ""),
        x0=x0, y0=y0 - _ASCENT * em, x1=max(x1, x0), y1=y1 + _DESCENT * em, em=em,
        vertical=vertical, bold=bold > 0.8 * len(characters),
    )  # fmt: skip


def _spaced(characters: Sequence[Character]) -> str:
    """Write a run with the spaces that are to be seen, not those of justified setting."""
    gaps = [_gap(before, after) for before, after in pairwise(characters)]
    full = [gap for before, gap in zip(characters, gaps, strict=False) if _is_wide(before)]
    usual = statistics.median(full) if len(full) >= 4 else min(full, default=0.0)
    typed = sum(character.typed for character in characters[1:])
    # A space behind most full-width characters is how the line was spread, and no text.
    wide = sum(_is_wide(character) for character in characters)
    is_spread = wide > 0.5 * len(characters) and typed > 0.4 * len(gaps) and typed > 2
    text = characters[0].text
    for (before, character), gap in zip(pairwise(characters), gaps, strict=True):
        white = gap - usual if _is_wide(before) else gap
        if _is_space(before, character, white, trusted=not is_spread):
            text += " "
        text += character.text
    return text


def _is_space(before: Character, character: Character, gap: float, *, trusted: bool) -> bool:
    em = max(before.em, character.em)
    wide = _is_wide(before) or _is_wide(character)
    if not wide:
        return character.spaced or gap > 0.25 * em
    if character.text in _TIGHT or before.text in _OPEN:
        return False
    if trusted and character.typed:
        return gap > 0.08 * em
    if before.text in _TIGHT:
        return before.text in _ENDING and character.spaced and gap > 0.2 * em
    return gap > (0.15 if character.spaced else 0.5) * em


def _gap(before: Character, after: Character) -> float:
    """Return the white between two characters; the box of a full-width one may be too tight."""
    return after.x - before.x - before.em if _is_wide(before) else after.x0 - before.x1
