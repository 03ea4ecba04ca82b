"""The tokenizer of a model as sentence-transformers sets it up, from the model's files alone."""

import json
from pathlib import Path
from typing import Any

from tokenizers import normalizers
from transformers import AutoTokenizer

_USUAL_TOKENS = 512


def tokenizer(folder: Path, settings: dict[str, Any]) -> Any:  # noqa: ANN401 of whichever class
    """Load a tokenizer.

    Args:
        folder: with tokenizer.json, tokenizer_config.json or vocab.txt, and config.json.
        settings: of sentence_bert_config.json: `max_seq_length` (tokens), `do_lower_case`, and what
            the tokenizer itself is to be told (`processor_kwargs`, once `tokenizer_args`).
    """
    told = settings.get("processor_kwargs") or settings.get("tokenizer_args") or {}
    length = settings.get("max_seq_length")
    if length is not None:
        told = {"model_max_length": length, **told}
    safe = {"local_files_only": True, "trust_remote_code": False}  # else it may ask at the terminal
    made = AutoTokenizer.from_pretrained(str(folder), **(told | safe))
    if "model_max_length" not in told:
        made.model_max_length = min(made.model_max_length, _positions(folder))
    if settings.get("do_lower_case"):
        _lower(made)
    return made


def _positions(folder: Path) -> int:
    """Return for how many tokens a model has positions; 512 where it does not say."""
    file = folder / "config.json"
    config = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    found = config.get("max_position_embeddings")
    return found if isinstance(found, int) and found > 0 else _USUAL_TOKENS


def _lower(made: Any) -> None:  # noqa: ANN401 of whichever class
    inner = made.backend_tokenizer
    before = [inner.normalizer] if inner.normalizer else []
    inner.normalizer = normalizers.Sequence([normalizers.Lowercase(), *before])
