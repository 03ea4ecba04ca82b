"""What only evaluation needs is an extra: its absence is told with the line that installs it."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

from store.errors import MissingExtraError


def require(*packages: str) -> None:
    """Check that packages are installed, by the names that they are imported under.

    Raises:
        MissingExtraError: one is not; the text carries the pip line.
    """
    for one in packages:
        if find_spec(one) is None:
            raise _missing(one)


@contextmanager
def needed() -> Iterator[None]:
    """Turn the absence of a package that is imported within into our error.

    Raises:
        MissingExtraError: it is not installed; the text carries the pip line.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        raise _missing(error.name or "") from error


def _missing(package: str) -> MissingExtraError:
    return MissingExtraError(
        f'评测需要的软件包 {package} 没有安装，请先运行：pip install "wenyuan[eval]"'
    )
