"""Refusals and the three bands: what was refused rightly, wrongly, and not at all."""

from assistant.evaluation.results import Tally
from assistant.records import Status


def refusal_tallies(status: Status, *, answerable: bool) -> dict[str, Tally]:
    """Say what the band of an answer adds to the figures of refusal.

    A question counts as refused where its answer is not of the band "answered"; the figures that
    begin with not_covered count only the band that says that the reports do not tell. Precision:
    share of refused questions that are not answerable; recall: share of those that are not
    answerable which are refused; F1: their harmonic mean.
    """
    refused, silent = status is not Status.ANSWERED, status is Status.NOT_COVERED
    return (
        _bands(status, answerable=answerable)
        | _detected("refusal", refused, not answerable)
        | _detected("not_covered", silent, not answerable)
    )


def _bands(status: Status, *, answerable: bool) -> dict[str, Tally]:
    """The share of each band, among the questions that are answerable and among the others."""
    if answerable:
        return {
            "answered_share": _share(status is Status.ANSWERED),
            "only_related_share": _share(status is Status.RELATED),
            "missed_share": _share(status is Status.NOT_COVERED),
        }
    return {
        "refused_share": _share(status is not Status.ANSWERED),
        "not_covered_share": _share(status is Status.NOT_COVERED),
    }


def _detected(name: str, said: bool, right: bool) -> dict[str, Tally]:
    """Precision, recall and F1 as sums: F1 is 2 TP / (said + right)."""
    both = float(said and right)
    tallies = {
        f"{name}_precision": (both, float(said)),
        f"{name}_recall": (both, float(right)),
        f"{name}_f1": (2 * both, float(said) + float(right)),
    }
    return {name: tally for name, tally in tallies.items() if tally[1]}


def _share(value: bool) -> Tally:
    return float(value), 1.0
