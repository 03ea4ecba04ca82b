"""How well a sentence and its evidence are told to agree, on pairs written and judged by hand.

    python -m bench.support

bench/judged/support_pairs.jsonl holds invented community news (`evidence`), what might be said of
it (`claim`), and whether it is supported, unsupported, or somebody's words told as a fact
(unattributed). The half `dev` was mended on, the half `report` was written afterwards.
"""

import json
from collections import Counter
from pathlib import Path

from assistant.offered import plain_source
from assistant.support import supports

PAIRS = Path(__file__).parent / "judged" / "support_pairs.jsonl"


def main() -> None:
    """Print precision and recall of each half, and the kinds of pairs that are told wrong."""
    pairs = [json.loads(line) for line in PAIRS.read_text("utf-8").splitlines()]
    for half in ("dev", "report"):
        told = [(one, verdict(one)) for one in pairs if one["half"] == half]
        kept = [one["verdict"] != "unsupported" for one, got in told if got != "unsupported"]
        wanted = [got != "unsupported" for one, got in told if one["verdict"] != "unsupported"]
        wrong = Counter(one["kind"] for one, got in told if got != one["verdict"])
        owed = [got == "unattributed" for one, got in told if one["verdict"] == "unattributed"]
        print(
            f"{half}: {len(told)} pairs, precision {sum(kept) / len(kept):.3f}, "
            f"recall {sum(wanted) / len(wanted):.3f}, "
            f"speakers added {sum(owed)} of {len(owed)}; told wrong: {dict(wrong)}"
        )


def verdict(pair: dict[str, str]) -> str:
    """What the assistant makes of a pair."""
    found = supports(pair["claim"], [plain_source(quote) for quote in pair["evidence"]])
    if found.wrong:
        return "unsupported"
    return "unattributed" if found.owed else "supported"


if __name__ == "__main__":
    main()
