"""`python -m tests`: everything that CI runs, in one command; pytest comes last, so its summary is what one sees.

Every step runs, whatever became of those before it; the exit code is 0 only if all of them passed.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
SCRIPTS = Path(sysconfig.get_path("scripts"))


def main(arguments: list[str]) -> int:
    """Run all steps; the arguments go to pytest. Returns 0 or 1."""
    python = sys.executable
    with tempfile.TemporaryDirectory(prefix="consolidate-wheel-") as folder:
        steps = {
            "ruff check": [tool("ruff"), "check", "."],
            "ruff format": [tool("ruff"), "format", "--check", "."],
            "mypy": [python, "-m", "mypy"],
            "import layers": [tool("lint-imports"), "--no-cache"],
            # Hatchling by itself: no build environment, so nothing is downloaded.
            "wheel": [python, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
            "wheel contents": [tool("check-wheel-contents"), folder],
            "tests": [python, "-m", "pytest", "-n", "2", *arguments],
        }
        results = {name: run(name, command) for name, command in steps.items()}
    failed = [name for name, code in results.items() if code]
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return int(bool(failed))


def tool(name: str) -> str:
    """Return the path of a tool of this environment."""
    found = shutil.which(name, path=str(SCRIPTS))
    if not found:
        sys.exit(f"{name} is not installed here: pip install -e '.[dev]'")
    return found


def run(name: str, command: list[str]) -> int:
    """Run one step in the root of the checkout and return its exit code."""
    print(f"== {name}", flush=True)
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
