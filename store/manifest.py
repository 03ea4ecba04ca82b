"""What the passages, tokens and vectors in a catalog were made with."""

import sqlite3
from dataclasses import dataclass, fields

from store import text
from store.errors import ManifestMismatchError
from store.ports import EmbedderCard

_NAMES = {  # of what must be the same
    "embedder": "嵌入模型",
    "build": "嵌入模型的版本",
    "dimension": "向量维数",
    "splitter": "切分方式",
    "text": "文字处理方式",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What was used, by name; all values are text.

    Attributes:
        embedder: its name; this and the four after it must be the same for what is kept and what
            is asked to fit together.
        build: of the embedder: weights and engine.
        dimension: of the vectors.
        splitter: the version of what cut the articles.
        text: the version of the tokens.
        max_tokens: of the embedder; this and the three after it are told, and nothing hangs on
            them: a catalog of before they were kept has none.
        licence: of its weights.
        source: where its weights are from.
        hash: of its weights or files, or its commit, in hex.
    """

    embedder: str
    build: str
    dimension: str
    splitter: str
    text: str
    max_tokens: str = ""
    licence: str = ""
    source: str = ""
    hash: str = ""


def of(card: EmbedderCard, splitter: str) -> Manifest:
    """Return the manifest of what is written from now on."""
    return Manifest(
        embedder=card.name,
        build=card.build,
        dimension=str(card.dimension),
        splitter=splitter,
        text=text.VERSION,
        max_tokens=str(card.max_tokens),
        licence=card.licence,
        source=card.source,
        hash=card.hash,
    )


def read(connection: sqlite3.Connection) -> Manifest | None:
    """Return the manifest in the catalog, or None where none was written yet."""
    kept = dict(connection.execute("select name, value from manifest"))
    return Manifest(**kept) if kept else None


def write(connection: sqlite3.Connection, manifest: Manifest) -> None:
    """Put a manifest in the place of the one that is there."""
    connection.executemany(
        "insert or replace into manifest values (?, ?)",
        [(field.name, getattr(manifest, field.name)) for field in fields(Manifest)],
    )


def require_same(kept: Manifest, wanted: Manifest, folder: str) -> None:
    """Check that what is kept was made with what is used now.

    Raises:
        ManifestMismatchError: it was not; the text says what differs and how to mend it.
    """
    different = "，".join(
        f"{told}（原为 {getattr(kept, name)}，现为 {getattr(wanted, name)}）"
        for name, told in _NAMES.items()
        if getattr(kept, name) != getattr(wanted, name)
    )
    if different:
        raise ManifestMismatchError(
            f"{folder} 里的索引与当前设置不符：{different}；"
            "请改回原来的设置，或运行 wenyuan reindex 重建索引。"
        )
