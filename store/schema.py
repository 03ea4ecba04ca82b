"""The tables of the catalog, and the version they are at."""

import sqlite3

from store.errors import CatalogDamagedError, StoreError

VERSION = 1
"""Written to `user_version`; grows with every change below."""

TOKENIZER = "unicode61 remove_diacritics 0 tokenchars '.%'"
"""Our tokens come apart by spaces: with these settings FTS5 keeps each of them as one token."""

TABLES = f"""
create table manifest (name text primary key, value text not null) without rowid;

create table report (
    id text primary key,
    path text not null unique,
    title text not null,
    publisher text,
    series text,
    printed_date text,
    page_label text,
    year_hint text,
    fingerprint text not null,
    format text not null,
    version integer not null,
    added_at text not null
);
create index report_fingerprint on report (fingerprint);

create table article (
    id text primary key,
    report_id text not null references report (id) on delete cascade,
    ordinal integer not null,
    headline text not null,
    label text,
    community text,
    district text,
    body text not null,
    details text not null,
    fingerprint text not null
);
create index article_report on article (report_id, ordinal);
create index article_community on article (community);
create index article_district on article (district);

create table sentence (
    article_id text not null references article (id) on delete cascade,
    ordinal integer not null,
    first integer not null,
    beyond integer not null,
    kind text not null,
    section integer not null,
    paragraph integer not null,
    boxes text,
    primary key (article_id, ordinal)
) without rowid;

create table passage (
    number integer primary key,
    id text not null unique,
    article_id text not null references article (id) on delete cascade,
    report_id text not null,
    ordinal integer not null,
    kind text not null,
    first integer not null,
    beyond integer not null,
    text text not null,
    context text not null,
    first_sentence integer not null,
    beyond_sentence integer not null,
    text_hash text not null,
    normal text not null,
    token_count integer not null
);
create index passage_article on passage (article_id, ordinal);
create index passage_report on passage (report_id);
create index passage_text_hash on passage (text_hash);

create virtual table passage_fts using fts5 (tokens, tokenize = "{TOKENIZER}");
create virtual table passage_term using fts5vocab (passage_fts, 'row');
create trigger passage_gone after delete on passage begin
    delete from passage_fts where rowid = old.number;
end;

create table vector (
    text_hash text not null,
    build text not null,
    vector blob not null,
    unique (text_hash, build)
);

create table owed (
    passage_id text primary key,
    action text not null check (action in ('upsert', 'delete'))
) without rowid;

create table turn (
    conversation_id text not null,
    ordinal integer not null,
    question text not null,
    answer text not null,
    standalone text not null,
    asked_at text not null,
    primary key (conversation_id, ordinal)
) without rowid;
"""


def prepare(connection: sqlite3.Connection, path: str) -> None:
    """Make the tables in an empty database, or check the version of those that are there.

    Args:
        connection: open in autocommit mode.
        path: of the catalog, for the message.

    Raises:
        StoreError: the catalog was written by a newer version of the program.
        CatalogDamagedError: the database holds tables, but not ours.
    """
    version = connection.execute("pragma user_version").fetchone()[0]
    if version > VERSION:
        raise StoreError(
            f"目录文件 {path} 由更新版本的问院写成（格式 {version}，本程序只认到 {VERSION}），"
            "请升级问院后再打开。"
        )
    if version == VERSION:
        return
    if connection.execute("select 1 from sqlite_master limit 1").fetchone():
        raise CatalogDamagedError(f"{path} 不是问院的目录文件，已原样保留，没有改动。")
    connection.execute("pragma journal_mode = wal")
    connection.executescript(f"begin; {TABLES} pragma user_version = {VERSION}; commit;")
