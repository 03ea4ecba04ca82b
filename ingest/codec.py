"""Values as bytes, for the pipe to the reading process and for pages kept on disk.

Pickle, but only for the values named here: bytes from a process that a document may have taken
over, or from a file that somebody changed, can make nothing else and call nothing.
"""

import io
import pickle
from typing import IO, Any, ClassVar

_MODULES = frozenset(
    {
        "ingest.config",
        "ingest.progress",
        "ingest.reading",
        "ingest.task",
        "store.articles",
        "store.likeness",
        "store.outcomes",
        "store.passages",
        "store.reports",
    }
)
_PLAIN = frozenset({("pathlib", "PosixPath"), ("pathlib", "WindowsPath")})


class CodecError(Exception):
    """Bytes that are no value of ours, or end too early."""


class _Unpickler(pickle._Unpickler):  # noqa: SLF001 the one in Python, whose opcodes can be held
    dispatch: ClassVar[dict[int, Any]] = dict(pickle._Unpickler.dispatch)  # noqa: SLF001

    def load_build(self) -> None:
        """Set the state of a value, which must keep its own rules then.

        Of a class it would change that class for everybody.
        """
        stack: list[object] = self.stack  # type: ignore[attr-defined]
        if len(stack) < 2 or isinstance(stack[-2], type):
            raise pickle.UnpicklingError("no value to set the state of")
        super().load_build()  # type: ignore[misc]
        check = getattr(stack[-1], "__post_init__", None)
        if check:
            check()

    dispatch[pickle.BUILD[0]] = load_build

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 pickle's own signature
        """Return a class that a value may be made of."""
        if (module, name) in _PLAIN:
            return super().find_class(module, name)
        found = super().find_class(module, name) if module in _MODULES else None
        if not isinstance(found, type) or found.__module__ != module:
            raise pickle.UnpicklingError(f"{module}.{name} is no value of ours")
        return found


def write(value: object, stream: IO[bytes]) -> None:
    """Write one value; OSError where nobody reads any more."""
    # In one piece: a value that cannot be pickled must not leave half of itself in the pipe.
    stream.write(pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL))
    stream.flush()


def read(stream: IO[bytes]) -> object:
    """Read one value.

    Raises:
        CodecError: the stream ended, or what came is no value of ours.
    """
    try:
        return _Unpickler(stream).load()
    except Exception as exc:  # whatever a damaged pickle, or a class refusing its fields, raises
        raise CodecError(str(exc)) from exc


def dumps(value: object) -> bytes:
    """Return a value as bytes."""
    return pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)


def loads(data: bytes) -> object:
    """Return the value of some bytes; raises CodecError where there is none."""
    return read(io.BytesIO(data))
