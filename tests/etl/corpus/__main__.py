"""Prints what becomes of each kind and the score; ends with 1 when a kind fails."""

from __future__ import annotations

import re
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.etl.corpus import KINDS, outcomes, verdict
from tests.etl.corpus.run import as_line

REAL = Path(__file__).resolve().parents[4] / "shared" / "data"


def main(arguments: list[str]) -> int:
    """Run the kinds whose name has one of the given words, or all; `--json` for JSON lines."""
    words = [each for each in arguments if not each.startswith("-")]
    kinds = [kind for kind in KINDS.values() if not words or re.search("|".join(words), kind.name)]
    score: Counter[str] = Counter()
    seconds, megabytes = 0.0, 0.0
    with tempfile.TemporaryDirectory(prefix="safecity-") as folder:
        for outcome in outcomes(kinds, Path(folder), REAL if REAL.is_dir() else None):
            if "--json" in arguments:
                print(as_line(outcome), flush=True)
                continue
            wrong = "" if outcome.ended == "skipped" else verdict(KINDS[outcome.kind], outcome)
            score["failed" if wrong else outcome.ended] += 1
            seconds, megabytes = max(seconds, outcome.seconds), max(megabytes, outcome.megabytes)
            told = outcome.problems[0][1] if outcome.problems else f"{outcome.good} figures"
            ended = "FAILED" if wrong else outcome.ended
            spent = f"{outcome.seconds:6.2f} s {outcome.megabytes:6.0f} MB"
            print(f"{ended:8} {spent}  {outcome.kind}: {wrong or told}", flush=True)
    if "--json" not in arguments:
        print(
            f"{len(kinds)} kinds: {score['refused']} refused with file, rule and what to do, "
            f"{score['loaded']} loaded right, {score['skipped']} skipped, "
            f"{score['failed']} failed; at most {seconds:.1f} s and {megabytes:.0f} MB"
        )
    return 1 if score["failed"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
