"""Cuts a text that a model would read only the beginning of into windows that it reads whole.

On the way, what is written like one of the tokenizer's special tokens ("[SEP]", "</s>") gets a
space after its first character: a text can say such a thing, and must not command it.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_SPARE = 8  # cut out of its text, a window may have a few tokens more than it had inside


def windows(model: "SentenceTransformer", text: str) -> list[tuple[str, int]]:
    """Return the windows of a text in order, each with its number of tokens (1 or more).

    A model without a fast tokenizer, which alone knows where its tokens stand in the text, gets
    the text in one.
    """
    tokenizer: Any = getattr(model[0], "tokenizer", None)
    text = _without_special(tokenizer, text)
    most = room(model)
    if most is None:
        return [(text, 1)]
    text, found = _without_special_ids(tokenizer, text)
    if len(found) <= most:
        return [(text, max(len(found), 1))]
    step = max(most - _SPARE, 1)
    parts = [found[start : start + step] for start in range(0, len(found), step)]
    return [(text[part[0][1] : part[-1][2]], len(part)) for part in parts]


def room(model: "SentenceTransformer") -> int | None:
    """Return how many tokens of a text a model reads beside its longest prompt; 0 or less: none.

    None where it reads them all, or has no fast tokenizer to count them.
    """
    tokenizer: Any = getattr(model[0], "tokenizer", None)
    limit = model.get_max_seq_length()
    if limit is None or not getattr(tokenizer, "is_fast", False):
        return None
    prompt = max((len(_cut(tokenizer, one)) for one in model.prompts.values() if one), default=0)
    return int(limit - tokenizer.num_special_tokens_to_add() - prompt)


def _cut(tokenizer: Any, text: str) -> list[tuple[int, int, int]]:  # noqa: ANN401 of transformers
    """Return id, start and end of each token."""
    cut = tokenizer(text, add_special_tokens=False, return_offsets_mapping=True, verbose=False)
    places = zip(cut["input_ids"], cut["offset_mapping"], strict=True)
    return [(token, start, end) for token, (start, end) in places]


def _special(tokenizer: Any) -> list[str]:  # noqa: ANN401 of transformers, or of whoever
    """Return the special tokens that can be broken up; one character may well be meant as text."""
    return [token for token in getattr(tokenizer, "all_special_tokens", ()) if len(token) > 1]


def _without_special(tokenizer: Any, text: str) -> str:  # noqa: ANN401
    for token in sorted(_special(tokenizer), key=len, reverse=True):
        text = text.replace(token, f"{token[0]} {token[1:]}")
    return text


def _without_special_ids(tokenizer: Any, text: str) -> tuple[str, list[tuple[int, int, int]]]:  # noqa: ANN401
    """Break up also what the tokenizer makes a special token of its own accord, as by width.

    The unknown token stays: it comes of ordinary characters.
    """
    special = set(tokenizer.convert_tokens_to_ids(_special(tokenizer))) - {tokenizer.unk_token_id}
    found = _cut(tokenizer, text)
    starts = [start for token, start, end in found if token in special and end - start > 1]
    if not starts:
        return text, found
    for start in reversed(starts):
        text = f"{text[: start + 1]} {text[start + 1 :]}"
    return text, _cut(tokenizer, text)
