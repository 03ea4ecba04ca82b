"""The nouns of a result: cases, figures with their intervals, runs; written and read as JSON."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from store.errors import NotFoundError, UsageError

FORMAT = 2
FILE = "results.json"

Tally = tuple[float, float]
"""What a question adds to a figure's numerator and denominator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One question, what was said to it, and what that adds to each figure.

    Attributes:
        id: of the question in its data set.
        type: the kind of question.
        asked: the question as it was asked (a variant differs from the data set).
        answerable: whether the corpus answers it.
        expected: the facts or answers that were looked for, alternatives beside each other.
        gold: gold sentences, or parts of them.
        status: the band of the answer.
        said: the answer without its lead and its marks.
        quotes: what it cites.
        model: who answered.
        notice: why another than the chat model answered, or None.
        elapsed_ms: wall time of the answer.
        tallies: by figure; a figure that says nothing about this question is not there.
        probability: that the question is answered, 0 to 1, as who answered judged it; of a
            baseline any number that grows with it; or None.
    """

    id: str
    type: str
    asked: str
    answerable: bool
    expected: tuple[str, ...] = ()
    gold: tuple[str, ...] = ()
    status: str
    said: str
    quotes: tuple[str, ...] = ()
    model: str
    notice: str | None = None
    elapsed_ms: float
    tallies: dict[str, Tally]
    probability: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure over `n` questions with its 95 % interval (None where n is 1).

    Shares are 0 to 1, differences -1 to 1, what ends in _ms is milliseconds, in _chars characters.
    """

    name: str
    value: float
    low: float | None
    high: float | None
    n: int


Kind = Literal["plain", "baseline", "variant", "noise"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """All questions asked in one way.

    Attributes:
        name: told once in a result, such as plain, homophone or noise 0.4.
        kind: what sort of run it is.
        cases: one a question.
        figures: over all cases.
        types: over the cases of each kind of question.
        differences: of this run to the plain one, paired by question; empty for that one.
    """

    name: str
    kind: Kind
    cases: tuple[Case, ...]
    figures: tuple[Figure, ...]
    types: dict[str, tuple[Figure, ...]]
    differences: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where figures come from: enough to make them again.

    Attributes:
        dataset: its name.
        fingerprint: of its files, SHA-256 in hex.
        library: a digest of what was searched.
        sample: how many questions were drawn from it (from its half), or None for all.
        seed: of the sample, the variants, the noise and the resampling.
        model: the chat model's name, or extractive.
        embedder: the embedder's name and build.
        support: the check that decided whether a quote supports a sentence.
        version: of the program.
        commit: of its checkout, with -dirty where files were changed; None outside of one.
        settings: those that the figures depend on, what is secret in them covered.
        half: which half of the questions was asked (assistant.evaluation.halves), or None for all.
        machine: on which times were taken: processors, system, Python.
        reports: files of the reports that were asked about, from the folder that the command ran
            in, without any folder if not below it; none of a data set's documents.
    """

    dataset: str
    fingerprint: str
    library: str
    sample: int | None
    seed: int
    model: str
    embedder: str
    support: str
    version: str
    commit: str | None
    settings: dict[str, Any]
    half: str | None = None
    machine: str = ""
    reports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What one data set showed.

    Attributes:
        provenance: where it comes from.
        runs: of asking; none where only finding was measured.
        retrieval: what was found among the data set's own documents, as plain JSON, or None.
    """

    provenance: Provenance
    runs: tuple[Run, ...]
    retrieval: dict[str, Any] | None = None

    @property
    def plain(self) -> Run:
        """The run that asks the questions as they are; one of no case where none was asked."""
        nothing = Run(name="plain", kind="plain", cases=(), figures=(), types={})
        return next((run for run in self.runs if run.kind == "plain"), nothing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """The results of one call, one a data set, and the command that made them.

    `format` grows when older files cannot be read.
    """

    results: tuple[Result, ...]
    format: int = FORMAT
    command: str = ""


def write_results(results: Results, folder: Path) -> Path:
    """Write results into a folder, making it where there is none; returns the file.

    Raises:
        UsageError: the folder cannot be written.
    """
    from pydantic import TypeAdapter

    path = folder / FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(TypeAdapter(Results).dump_json(results, indent=1) + b"\n")
    except OSError as error:
        raise UsageError(f"结果写不进 {path}：{error.strerror}。") from error
    return path


def read_results(path: Path) -> Results:
    """Read results that `write_results` wrote, from their file or its folder.

    Raises:
        NotFoundError: there is no such file.
        UsageError: it holds something else.
    """
    from pydantic import TypeAdapter, ValidationError

    path = path / FILE if path.is_dir() else path
    try:
        found = TypeAdapter(Results).validate_json(path.read_bytes())
    except OSError as error:
        raise NotFoundError(f"读不到评测结果：{path}") from error
    except ValidationError as error:
        raise UsageError(f"{path} 不是 `wenyuan eval --out` 写下的评测结果。") from error
    if found.format != FORMAT:
        raise UsageError(f"{path} 是另一个版本的程序写下的评测结果，请重新评测。")
    return found
