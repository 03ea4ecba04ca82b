"""Documents for a question by their share of noise, as RGB gives them to an answerer."""

import math
from random import Random

from assistant.evaluation.records import EvalQuestion

RATIOS = (0.0, 0.2, 0.4, 0.6, 0.8)
COUNT = 5


def documents_for(
    question: EvalQuestion, ratio: float, seed: int, count: int = COUNT
) -> tuple[str, ...] | None:
    """Choose the documents that one question is to be answered from, in a random order.

    Of `count` documents ceil(count * ratio) are noise and the others gold (of a question in
    several parts, one of each part first). Where there are not enough of one sort, the other
    fills up, as in RGB. A question that is not answerable is given noise only: it is to be refused.

    Args:
        question: with its gold and its noise.
        ratio: share of noise, 0 to 1.
        seed: of what is drawn and of the order; another question draws otherwise.
        count: documents in all, 1 or more.

    Returns:
        Their ids, or None where the data set names too few, or no noise though the ratio asks for
        it.
    """
    random = Random(f"{seed}/noise {ratio:g}/{question.id}")  # noqa: S311 (no secret)
    gold = _gold(question, random) if question.answerable else []
    noise = [one for one in dict.fromkeys(question.noise) if one not in gold]
    random.shuffle(noise)
    wanted = math.ceil(count * ratio - 1e-9) if question.answerable else count
    if question.answerable and count - wanted < len(question.groups):
        return None  # not one document for each part
    if wanted and not noise:
        return None
    kept = min(wanted, len(noise))
    chosen = gold[: count - kept]
    chosen += noise[: count - len(chosen)]
    if len(chosen) < count:
        return None
    random.shuffle(chosen)
    return tuple(chosen)


def _gold(question: EvalQuestion, random: Random) -> list[str]:
    """The gold documents in the order they are taken: first one of each part, then another."""
    parts = [list(part) for part in question.groups] or [list(question.gold)]
    for part in parts:
        random.shuffle(part)
    longest = max(map(len, parts))
    turns = (part[turn] for turn in range(longest) for part in parts if turn < len(part))
    return list(dict.fromkeys(turns))
