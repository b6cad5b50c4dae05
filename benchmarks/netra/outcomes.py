"""Which tests pass without network, test by test, in a checkout of its own: tests write into the tree.

Each test file runs in a process of its own, so that no file's mocks or settings reach another's. A file whose time is
up keeps the outcomes it has.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

RUNNER = Path(__file__).with_name("run_tests.py")
TEST_SECONDS = 20
FILE_SECONDS = 120
DROPPED = ("PYTEST_", "PYTHON", "GIT_")


def run(python: str, checkout: Path, files: list[str], jobs: int) -> dict[str, str]:
    """Return node id -> outcome of every test that `files` ran to its end in the checkout."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(jobs) as pool:
        found = list(pool.map(lambda file: run_file(python, checkout, file, Path(folder)), files))
    return {node: outcome for outcomes in found for node, outcome in outcomes.items()}


def run_file(python: str, checkout: Path, file: str, folder: Path) -> dict[str, str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(DROPPED)}
    # Bytecode lies outside of the tree; every import would be compiled anew without it.
    environment |= {"PYTHONPYCACHEPREFIX": str(folder / "bytecode"), "PYTHONHASHSEED": "0", "HOME": str(folder)}
    handle, output = tempfile.mkstemp(suffix=".jsonl", dir=folder)
    os.close(handle)
    child = subprocess.Popen(
        [python, str(RUNNER), output, file, str(TEST_SECONDS)],
        cwd=checkout,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(FILE_SECONDS)
    finally:
        stop(child)
    lines = Path(output).read_text(encoding="utf-8").splitlines()
    return dict(json.loads(line) for line in lines if line.endswith("]"))


def stop(child: subprocess.Popen[bytes]) -> None:
    """End the child and whatever it started: tests start servers and leave them."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
