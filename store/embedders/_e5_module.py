"""The onnxruntime engine of multilingual-e5-small as a sentence-transformers module.

Imports torch: only _e5_embedder.py imports this file, and only for whoever asks for a
SentenceTransformer. What that saves is opened without torch by _e5_embedder.py, or by
sentence-transformers itself, which then has to be told to trust this file.
"""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import torch
from sentence_transformers import SentenceTransformer, SentenceTransformerModelCardData
from sentence_transformers.base.modules import InputModule

from store.embedders._e5_convert import FILES
from store.embedders._e5_engine import E5Engine
from store.embedders._e5_model import DIMENSION, MAX_TOKENS, NAME, PASSAGE, PROMPTS
from store.ports import EmbedderCard

_THREADS = 2


class E5Module(InputModule):
    """Takes texts, gives unit vectors; the prompt is what goes before each text."""

    config_keys = ["threads"]  # noqa: RUF012 the shape that the base class has
    save_in_root = True
    max_seq_length = MAX_TOKENS  # longer texts are read in windows and averaged

    def __init__(self, engine: E5Engine) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.engine = engine
        self.threads = engine.threads

    def preprocess(
        self, inputs: Sequence[Any], prompt: str | None = None, **_: object
    ) -> dict[str, Any]:
        """Return the texts and their prompt; without one they count as passages."""
        return {"texts": list(inputs), "prefix": prompt or PASSAGE}

    def forward(self, features: dict[str, Any], **_: object) -> dict[str, Any]:
        """Add `sentence_embedding`, a tensor of (texts, dimension)."""
        vectors = self.engine.embed(features["texts"], features["prefix"])
        features["sentence_embedding"] = torch.from_numpy(vectors)
        return features

    def get_embedding_dimension(self) -> int:
        """Return the dimension of the vectors."""
        return DIMENSION

    def save(self, output_path: str, *_: object, **__: object) -> None:
        """Write the settings, the graph and the pieces, so that the folder stands by itself."""
        self.save_config(output_path)
        for name in FILES:
            shutil.copyfile(self.engine.folder / name, Path(output_path) / name)

    @classmethod
    def load(cls, model_name_or_path: str, *_: object, **__: object) -> Self:
        """Make the module from what `save` wrote into a folder."""
        settings = cls.load_config(model_name_or_path, local_files_only=True)
        threads = int(settings.get("threads", _THREADS))
        return cls(E5Engine(Path(model_name_or_path), threads))


def wrapped(engine: E5Engine, card: EmbedderCard) -> SentenceTransformer:
    """Return a SentenceTransformer that runs on this very engine.

    Its model card, which is saved with it, says what the embedder's card says.
    """
    told = SentenceTransformerModelCardData(
        license=card.licence.lower(),
        model_name=f"{card.name}: {card.source}, {card.build}, SHA-256 {card.hash}",
        local_files_only=True,
    )
    told.base_model = NAME
    return SentenceTransformer(
        modules=[E5Module(engine)], prompts=dict(PROMPTS), device="cpu", model_card_data=told
    )
