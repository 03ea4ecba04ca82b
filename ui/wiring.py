"""Binding: the one file that makes the library and the assistant from the settings.

Heavy libraries are imported inside the functions, after telemetry is off, so that the commands
that need none of them answer at once.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING

from assistant.config import AssistantConfig, ChatConfig
from ingest.config import IngestConfig
from store.articles import Article
from store.config import StoreConfig
from store.passages import Passage
from store.ports import EmbedderCard
from ui.settings import Settings

if TYPE_CHECKING:
    from assistant.answerers.chat_model import ChatAnswerer
    from assistant.pipeline import Assistant
    from store.library import Library
    from store.reader import Reader

SILENCE = {
    "ANONYMIZED_TELEMETRY": "False",
    "DO_NOT_TRACK": "1",
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "LANGSMITH_TRACING": "false",
    "TOKENIZERS_PARALLELISM": "false",
}
"""What keeps the frameworks from calling home; what the user has set himself is left as it is."""

SPLITTER = "1"
"""Which cutting of articles into passages this is; it grows when ingest/passages cuts otherwise."""


def silence_frameworks() -> None:
    """Turn the telemetry of every framework off; called before any of them is imported."""
    for name, value in SILENCE.items():
        os.environ.setdefault(name, value)


def store_config(settings: Settings) -> StoreConfig:
    """Pick out what the store is to know."""
    return StoreConfig(
        folder=settings.home,
        vectors=settings.vectors,
        embedder=settings.embedder,
        splitter=f"{SPLITTER}/{settings.passage_chars}",
        embed_batch=settings.embed_batch,
        threads=settings.threads,
    )


def ingest_config(settings: Settings) -> IngestConfig:
    """Pick out what ingestion is to know."""
    return IngestConfig(
        max_file_bytes=max(1, int(settings.max_file_mb * 1_000_000)),
        passage_max_chars=settings.passage_chars,
        max_pages=settings.max_pages,
        max_text_chars=settings.max_text_chars,
        max_pixels=max(1, int(settings.max_megapixels * 1_000_000)),
        max_unpacked_bytes=max(1, int(settings.max_unpacked_mb * 1_000_000)),
        ocr_threads=settings.threads,
        page_timeout_s=settings.page_timeout_s,
        reader_memory_bytes=settings.reader_memory_mb * 1_000_000,
        spool=settings.home / "spool",
    )


def assistant_config(settings: Settings) -> AssistantConfig:
    """Pick out what the assistant is to know."""
    key = settings.chat_api_key
    return AssistantConfig(
        max_question_chars=settings.max_question_chars,
        max_sentences=settings.max_sentences,
        synonyms_file=settings.synonyms.expanduser() if settings.synonyms else None,
        reranker=settings.reranker,
        chat=ChatConfig(
            model=settings.chat_model,
            base_url=settings.chat_base_url,
            api_key=key.get_secret_value() if key else None,
            temperature=settings.chat_temperature,
            timeout_s=settings.chat_timeout_s,
            context_tokens=settings.chat_context_tokens,
        ),
    )


@contextmanager
def open_library(settings: Settings, *, allow_mismatch: bool = False) -> "Iterator[Library]":
    """Open the library of the data folder, and close it at the end.

    Args:
        settings: say where it is and what it is made with.
        allow_mismatch: open also what was made with other settings, in order to reindex it.

    Raises:
        StoreError: the folder is in use, not usable, damaged, or was made with other settings.
        BackendError: the vector index or the embedder cannot be had.
    """
    silence_frameworks()
    from store.library import Library

    with Library.open(store_config(settings), allow_mismatch=allow_mismatch) as library:
        yield library


def passage_splitter(settings: Settings) -> Callable[[Article], Sequence[Passage]]:
    """Return what cuts an article into passages as the settings say, for a reindexing."""
    from ingest.passages import make_passages

    return partial(make_passages, config=ingest_config(settings))


def embedder_card(settings: Settings) -> EmbedderCard:
    """Return what the embedder of the settings says of itself; a foreign model is loaded for it.

    Raises:
        BackendError: no such embedder, or its package is missing.
        EmbedderError: its model cannot be loaded.
    """
    silence_frameworks()
    from store import registry

    return registry.embedder(store_config(settings)).card


def kept_manifest(settings: Settings) -> dict[str, str] | None:
    """Return what the data folder was made with, by name; None where nothing is kept yet.

    The folder is read beside whoever owns it, and never made.

    Raises:
        StoreError: the catalog is damaged, or cannot be read.
    """
    from store import database, manifest

    if not (settings.home / database.FILE).exists():
        return None
    catalog = database.Database(settings.home)
    try:
        with catalog.read() as connection:
            kept = manifest.read(connection)
    finally:
        catalog.close()
    return asdict(kept) if kept else None


@contextmanager
def read_library(settings: Settings) -> "Iterator[Reader]":
    """Read what is kept beside whoever owns the data folder, and never make it.

    Raises:
        NotFoundError: nothing is kept there yet.
        StoreError: the catalog is damaged, or cannot be read.
    """
    from store import database
    from store.errors import NotFoundError
    from store.reader import Reader

    if not (settings.home / database.FILE).exists():
        raise NotFoundError(f"数据文件夹 {settings.home} 里还没有内容。")
    catalog = database.Database(settings.home)
    try:
        yield Reader(catalog)
    finally:
        catalog.close()


def make_assistant(library: "Library", settings: Settings) -> "Assistant":
    """Make the assistant over an open library.

    Raises:
        UsageError: the file of synonyms that the settings name cannot be used.
        BackendError: the reranker that the settings name cannot be had.
        ChatModelError: the chat model that the settings name cannot be had.
    """
    silence_frameworks()
    from assistant import rerank, synonyms
    from assistant.pipeline import Assistant
    from assistant.rewriting import Rewriter

    config = assistant_config(settings)
    synonyms.load(config.synonyms_file)  # a wrong file is told now, not at the first question
    if config.reranker:
        rerank.load(config.reranker)  # likewise
    chat = _chat_answerer(config)
    return Assistant(library, config, chat, Rewriter(chat.say) if chat else None)


def _chat_answerer(config: AssistantConfig) -> "ChatAnswerer | None":
    if config.chat.model is None:
        return None
    from assistant.answerers.chat_model import ChatAnswerer, load

    return ChatAnswerer(load(config.chat), config.chat, config.evidence_count)
