"""How fast: consolidate, what its work must cost at least, and other tools, on one repository in one run.

`python compare.py --repository URL_OR_PATH --commit REV --config FILE [--runs 5]`

Everything is measured once a round, one thing after the other, for as many rounds as asked for: whatever else the
machine does hits all lines alike. README.md says what each line is. The repository is only read; Linux alone.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import compare_table
import lines
from changes import checkout
from measure import Run
from tool import installed

sys.path.append(str(Path(__file__).parents[1] / "netra"))
import table

FILE = Path(__file__).with_name("results.json")


def note(text: str) -> None:
    print(f"compare: {text}", file=sys.stderr, flush=True)


def source(given: str, scratch: Path) -> Path:
    """Return the repository's folder; a URL is cloned."""
    if Path(given).is_dir():
        return Path(given).resolve()
    note(f"cloning {given}")
    checkout.git(scratch, "clone", "--bare", "--quiet", given, "source")
    return scratch / "source"


def once(bench: lines.Bench, name: str, number: int) -> Run:
    """Measure one line; what goes wrong is a result, too."""
    try:
        return lines.LINES[name](bench, number)
    except (LookupError, OSError, SystemExit) as error:
        said = str(error).replace(str(bench.scratch), "").splitlines()
        return Run(0.0, 0.0, 0.0, 0.0, said[0][:300] if said else type(error).__name__)


def measure(bench: lines.Bench, names: list[str], runs: int) -> dict[str, list[dict[str, Any]]]:
    """Return what each line cost in each round. Who gave up in a round is not asked again."""
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
    note("a round that does not count, to fill the system's file cache")
    for name in ("floor", "plan, cold"):
        lines.LINES[name](bench, runs + 1)
    for number in range(1, runs + 1):
        for name in names:
            if any("failed" in run for run in found[name]) or number > lines.ROUNDS.get(name, runs):
                continue
            run = once(bench, name, number)
            found[name].append(run.figures())
            note(f"round {number} of {runs}: {name}: {run.failed or f'{run.seconds:.2f} s'}")
    return found


def versions(bench: lines.Bench) -> dict[str, str]:
    """Return which versions were measured."""
    words = {"consolidate": [*bench.command, "--version"], "git": ["git", "--version"]}
    found = {
        name: subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()[-1]
        for name, command in words.items()
    }
    if bench.peers is not None:
        listed = subprocess.run([bench.peers, "-m", "pip", "freeze"], capture_output=True, text=True, check=True)
        found |= dict(line.split("==") for line in listed.stdout.splitlines() if line.count("==") == 1)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--repository", required=True, help="a URL, or a clone, bare or not; only read")
    parser.add_argument("--commit", required=True, help="the commit that is planned")
    parser.add_argument("--config", type=Path, required=True, help="the migration's configuration")
    parser.add_argument("--runs", type=int, default=5, help="rounds")
    parser.add_argument("--consolidate", metavar="CMD", help="how to run consolidate (default: beside this Python)")
    parser.add_argument(
        "--peers", type=Path, help="a Python with requirements.txt (default: a new virtual environment)"
    )
    parser.add_argument("--no-peers", action="store_true", help="leave the other tools out")
    parser.add_argument("--only", action="append", metavar="WORD", help="only lines whose name has WORD in it")
    parser.add_argument("--limit", type=float, default=900, help="seconds after which another tool is stopped")
    parser.add_argument("--out", type=Path, default=FILE, help="where the figures go")
    parser.add_argument("--table", type=Path, action="append", default=[], help="Markdown file to put the tables into")
    parser.add_argument("--summary", type=Path, action="append", default=[], help="Markdown file for the targets alone")
    parser.add_argument("--scratch", type=Path, help="keep the checkouts in this folder (must not exist)")
    arguments = parser.parse_args()
    scratch = (arguments.scratch or Path(tempfile.mkdtemp(prefix="speed-"))).resolve()
    scratch.mkdir(parents=True, exist_ok=arguments.scratch is None)
    started = time.monotonic()
    try:
        peers = arguments.peers.absolute() if arguments.peers else None
        if peers is None and not arguments.no_peers:
            note("installing the other tools")
            peers = lines.install_peers(scratch / "peers")
        command = tuple(shlex.split(arguments.consolidate)) if arguments.consolidate else installed()
        repository = source(arguments.repository, scratch)
        commit = checkout.resolve(repository, arguments.commit)
        bench = lines.Bench(command, repository, commit, arguments.config, scratch, peers, arguments.limit)
        note("making the checkouts, and applying the phases before the largest one")
        bench.prepare()
        wanted = arguments.only or [""]
        names = [name for name in lines.LINES if any(word in name for word in wanted)]
        load = os.getloadavg()[0]
        figures = measure(bench, names, arguments.runs)
        results = {
            "commit": commit,
            "config": arguments.config.name,
            "facts": bench.facts | {"floor": json.loads(bench.facts["floor"])},
            "lines": figures,
            "machine": {
                "cores": os.cpu_count(),
                "load_before": round(load, 2),
                "python": platform.python_version(),
                "system": platform.system(),
            },
            "rounds": arguments.runs,
            "versions": versions(bench),
        }
    finally:
        if arguments.scratch is None:
            shutil.rmtree(scratch, ignore_errors=True)
    arguments.out.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    for path in arguments.table:
        table.insert(path, compare_table.markdown(results), "compare.py")
    for path in arguments.summary:
        table.insert(path, compare_table.summary(results), "compare.py: speed")
    print(compare_table.markdown(results), end="")
    note(f"done in {(time.monotonic() - started) / 60:.0f} minutes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
