"""Every exception of the house, drawn as a tree.

WenyuanError                    told to the user in one sentence; the command ends with exit code 2
├── UsageError                  what was asked for cannot be done as it was asked
│   ├── BadQuestionError        a question is empty, too long, or not text
│   └── NotFoundError           no report, article or file of that name
├── StoreError                  what is kept cannot be used
│   ├── LibraryLockedError      another process owns the data folder
│   ├── CatalogDamagedError     the SQLite catalog is not readable as one
│   ├── ManifestMismatchError   the index was built with another embedder, dimension or splitter
│   ├── DataFolderError         the data folder cannot be read or written
│   └── VectorIndexError        the derived vector index failed; it is rebuilt from the catalog
├── BackendError                a backend cannot be had
│   ├── UnknownBackendError     no file of that name among the backends
│   └── MissingExtraError       the backend's package is not installed; carries the pip line
├── EmbedderError               a text could not be embedded or a model could not be loaded
└── ChatModelError              the chat model failed; the extractive answer is given instead

A file that cannot be read is no exception but a `Rejection` with its reason (store.outcomes).
"""


class WenyuanError(Exception):
    """Base of all our errors: its text is one clear sentence in Chinese, meant for the user."""


class UsageError(WenyuanError):
    """What was asked for cannot be done as it was asked."""


class BadQuestionError(UsageError):
    """A question is empty, too long, or not text."""


class NotFoundError(UsageError):
    """No report, article or file of that name."""


class StoreError(WenyuanError):
    """What is kept cannot be used."""


class LibraryLockedError(StoreError):
    """Another process owns the data folder."""


class CatalogDamagedError(StoreError):
    """The SQLite catalog is not readable as one."""


class ManifestMismatchError(StoreError):
    """The index was built with another embedder, dimension or splitter."""


class DataFolderError(StoreError):
    """The data folder cannot be read or written."""


class VectorIndexError(StoreError):
    """The derived vector index failed; it is rebuilt from the catalog."""


class BackendError(WenyuanError):
    """A backend cannot be had."""


class UnknownBackendError(BackendError):
    """No file of that name among the backends."""


class MissingExtraError(BackendError):
    """The backend's package is not installed; the text carries the pip line."""


class EmbedderError(WenyuanError):
    """A text could not be embedded or a model could not be loaded."""


class ChatModelError(WenyuanError):
    """The chat model failed; the extractive answer is given instead."""
