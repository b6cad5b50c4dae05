"""`python -m tests.fidelity --files 5000` and `--repositories 200`: bytes outside the edits, reverts in any order."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.fidelity.files import compare
from tests.fidelity.program import plain_git
from tests.fidelity.repositories import WrongError, judge


def main(arguments: list[str]) -> int:
    """Run what the arguments ask for; returns 1 where something does not hold."""
    parser = argparse.ArgumentParser(prog="python -m tests.fidelity", description=__doc__)
    parser.add_argument("--files", type=int, default=0, metavar="N", help="plant references in N installed files")
    parser.add_argument("--repositories", type=int, default=0, metavar="N", help="generate N repositories")
    parser.add_argument("--seed", type=int, default=0, help="the first repository's seed (0); the others follow")
    options = parser.parse_args(arguments)
    started = time.monotonic()
    counts: Counter[str] = Counter()
    failures = 0
    with tempfile.TemporaryDirectory(prefix="consolidate-fidelity-") as folder, plain_git(Path(folder)):
        for seed in range(options.seed, options.seed + options.repositories):
            root = Path(folder, str(seed))
            root.mkdir()
            try:
                counts += judge(seed, root)
            except WrongError as error:
                failures += 1
                print(f"seed {seed}: {error}", flush=True)
            shutil.rmtree(root)
        if options.files:
            root = Path(folder, "files")
            root.mkdir()
            found = compare(root, options.files)
            counts += found.counts
            failures += len(found.wrong)
            print("\n".join(found.wrong[:50]))
    print(f"{time.monotonic() - started:.0f} s; " + ", ".join(f"{key}: {n}" for key, n in sorted(counts.items())))
    print(f"{failures} things do not hold" if failures else "no difference")
    return int(bool(failures))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
