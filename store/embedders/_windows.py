"""Cuts a text that a model would read only the beginning of into windows that it reads whole."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_SPARE = 8  # cut out of its text, a window may have a few tokens more than it had inside


def windows(model: "SentenceTransformer", text: str) -> list[tuple[str, int]]:
    """Return the windows of a text in order, each with its number of tokens (1 or more).

    A model without a fast tokenizer, which alone knows where its tokens stand in the text, gets
    the text as it is.
    """
    tokenizer: Any = getattr(model[0], "tokenizer", None)
    limit = model.get_max_seq_length()
    if not limit or not getattr(tokenizer, "is_fast", False):
        return [(text, 1)]

    def spans(of: str) -> list[tuple[int, int]]:
        cut = tokenizer(of, add_special_tokens=False, return_offsets_mapping=True, verbose=False)
        return list(cut["offset_mapping"])

    prompt = max((len(spans(one)) for one in model.prompts.values() if one), default=0)
    room = limit - tokenizer.num_special_tokens_to_add() - prompt
    found = spans(text)
    if len(found) <= room:
        return [(text, max(len(found), 1))]
    step = max(room - _SPARE, 1)
    parts = [found[start : start + step] for start in range(0, len(found), step)]
    return [(text[part[0][0] : part[-1][1]], len(part)) for part in parts]
