"""The question below each answer, whether it helped, as HTML; feedback.js answers a click on it."""

from collections.abc import Mapping

from store.feedback import Feedback, Vote
from ui.web.literal import literal

WORDS: Mapping[Vote, str] = {Vote.UP: "有帮助", Vote.DOWN: "没帮助"}


def votes(ordinal: int, feedback: Feedback | None = None) -> str:
    """Ask whether an answer helped, and show what was said; the script draws the same.

    Args:
        ordinal: which turn of its conversation the answer is, from 0.
        feedback: what the visitor said of it.
    """
    chosen = feedback.vote if feedback else None
    buttons = "".join(
        f'<a class="vote{" on" if vote is chosen else ""}" role="button" '
        f'href="#vote-{ordinal}-{vote}">{word}</a>'
        for vote, word in WORDS.items()
    )
    comment = feedback.comment if feedback else ""
    remark = f"您说：<span>{literal(comment)}</span>" if comment else ""
    change = "修改" if comment else "说说哪里不对"
    why = f'<a class="why" role="button" href="#vote-{ordinal}-why">{change}</a>'
    below = f'<p class="remark">{remark}{why}</p>' if chosen is Vote.DOWN else ""
    asked = '<span class="asked">这个回答有帮助吗？</span>'
    return f'<div class="votes">{asked}{buttons}{below}</div>'
