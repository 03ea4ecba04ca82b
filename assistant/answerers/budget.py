"""How many tokens a text costs a chat model, so that nothing is cut without anybody knowing."""

import math
import re

from langchain_core.language_models import BaseChatModel

_EACH = 1.3
_NARROW = re.compile(r"[\x00-\x7f]")
_DIGIT = re.compile(r"[0-9]")


def count_tokens(model: BaseChatModel, text: str) -> int:
    """Count the tokens of a text: the model's own way where it has a tokenizer at hand.

    LangChain's ways of counting for the others fetch a tokenizer from the network; for those the
    length is estimated.
    """
    if model.custom_get_token_ids is not None or getattr(model, "counts_itself", False):
        return model.get_num_tokens(text)
    return estimated_tokens(text)


def estimated_tokens(text: str) -> int:
    """Estimate tokens from above: a Chinese character is 0.6 to 1.2 tokens to most models.

    Counted are 1.3 for each character outside ASCII, 1 for a digit, 0.5 for other characters.
    """
    narrow, digits = len(_NARROW.findall(text)), len(_DIGIT.findall(text))
    return math.ceil((len(text) - narrow) * _EACH + digits + (narrow - digits) * 0.5)
