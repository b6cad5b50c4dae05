"""The floor: what anything that reads Python's syntax trees must do at least, and nothing else.

`python floor.py CHECKOUT NAME...` prints as JSON how many candidates there are and how long the two steps took.

1. `git grep -lF -e NAME... HEAD -- '*.py'`: the tracked Python files of the commit that contain a name. A reference
   must contain the engine's own name or the last segment of its module's, so these are the names (`names`).
2. `ast.parse` of each of them, read from the work tree, in two processes (half of the bytes each), every tree dropped
   at once. A file that does not parse counts like the others.

No file is read twice, nothing is resolved, decided, proved, stored or printed. The start of Python and git is in it,
as in each line that it is compared with.
"""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
import time
import warnings
from pathlib import Path
from typing import Any

PROCESSES = 2


def names(config: dict[str, Any]) -> list[str]:
    """Return the names that a reference to an engine must contain, of a configuration's tables."""
    legacy = [engine["legacy"].partition(":") for engine in config["engine"]]
    found = {name.rpartition(".")[2] for _, _, name in legacy if name}
    return sorted(found | {module.rpartition(".")[2] for module, _, _ in legacy})


def candidates(checkout: Path, wanted: list[str]) -> list[Path]:
    """Return the Python files of HEAD that contain one of the names."""
    patterns = [word for name in wanted for word in ("-e", name)]
    command = ["git", "grep", "-lzF", "--full-name", *patterns, "HEAD", "--", "*.py"]
    done = subprocess.run(command, cwd=checkout, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    paths = [os.fsdecode(path).partition(":")[2] for path in done.stdout.split(b"\0") if path]
    return [checkout / path for path in paths]


def parse_all(files: list[Path]) -> None:
    """Parse files in several processes, the bytes shared out evenly."""
    shares: list[list[Path]] = [[] for _ in range(PROCESSES)]
    loads = [0] * PROCESSES
    for size, file in sorted(((file.stat().st_size, file) for file in files), reverse=True):
        least = loads.index(min(loads))
        shares[least].append(file)
        loads[least] += size
    children = []
    for share in shares:
        child = os.fork()
        if not child:
            for file in share:
                try:
                    ast.parse(file.read_bytes())
                except (SyntaxError, ValueError, RecursionError):
                    continue
            os._exit(0)
        children.append(child)
    for child in children:
        os.waitpid(child, 0)


def main() -> int:
    warnings.simplefilter("ignore")
    start = time.perf_counter()
    files = candidates(Path(sys.argv[1]), sys.argv[2:])
    found = time.perf_counter()
    parse_all(files)
    seconds = {"grep": round(found - start, 3), "parse": round(time.perf_counter() - found, 3)}
    print(json.dumps({"candidates": len(files), "bytes": sum(file.stat().st_size for file in files), **seconds}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
