"""Where the shared test data is, for tests that skip with a reason where it is absent."""

from pathlib import Path

_ROOT = Path(__file__).parents[1]


def shared_data(name: str) -> Path | None:
    """Return a folder of the shared data (pages, eval), in the checkout or beside it."""
    places = (_ROOT / "shared" / "data" / name, _ROOT.parent / "shared" / "data" / name)
    return next((folder for folder in places if folder.exists()), None)
