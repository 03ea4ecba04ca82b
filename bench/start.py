"""How soon the command answers: help, the list of reports, and the first question; and its memory.

    python -m bench.start [--repeats 5]

Each is a process of its own, on a library of the bundled report; medians over the repeats. Beside
them stands what no command can be faster than: Python starting and doing nothing.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from statistics import median

from bench.datasets import ROOT

_COMMANDS: dict[str, list[str]] = {
    "python alone": ["-c", "pass"],
    "--help": ["-m", "ui.cli", "--help"],
    "reports": ["-m", "ui.cli", "reports", "--json"],
    "first answer": ["-m", "ui.cli", "ask", "--json", "小区有多少名党员参与？"],
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        seconds_of(["-m", "ui.cli", "ingest", str(ROOT / "reports")], home)
        took: dict[str, list[float]] = {name: [] for name in _COMMANDS}
        for _ in range(options.repeats):
            for name, arguments in _COMMANDS.items():
                took[name].append(seconds_of(arguments, home))
    for name, seconds in took.items():
        print(f"{name}: {median(seconds):.2f} s ({min(seconds):.2f} to {max(seconds):.2f})")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"most memory resident in any of them: {peak:.0f} MB")


def seconds_of(arguments: list[str], home: str) -> float:
    """Run Python with arguments in the project's folder; return the seconds it took."""
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, "WENYUAN_HOME": home},
        check=True,
        capture_output=True,
        cwd=ROOT,
    )
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
