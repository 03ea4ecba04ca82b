"""How far ingestion has come, drawn as a bar at the terminal."""

from types import TracebackType
from typing import TYPE_CHECKING, Self

from ui.progress import pace, told

if TYPE_CHECKING:
    from tqdm import tqdm

    from ingest.progress import Progress

_FORMAT = "{desc} {percentage:3.0f}%|{bar:20}| {unit}"


class ProgressBar:
    """A bar on the standard error; without `shown` it draws nothing."""

    def __init__(self, *, shown: bool) -> None:
        """Draw nothing until there is something to show."""
        self._shown = shown
        self._bar: tqdm[None] | None = None

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None

    def show(self, progress: "Progress") -> None:
        """Draw where ingestion stands."""
        if not self._shown:
            return
        if self._bar is None:
            from tqdm import tqdm

            self._bar = tqdm(
                desc=told(progress),
                total=progress.files,
                unit="",
                bar_format=_FORMAT,
                leave=False,
                dynamic_ncols=True,
                mininterval=0.2,
                miniters=0,  # the place is set by hand: by the clock alone it is drawn again
            )
        bar = self._bar
        part = progress.page / progress.pages if progress.pages else 0.0
        bar.total, bar.n = progress.files, min(progress.done + part, progress.files)
        bar.set_description_str(told(progress), refresh=False)
        bar.unit = pace(progress)
        bar.update(0)
