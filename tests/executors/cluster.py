"""A Dask scheduler and workers of it, as processes of their own, as a user starts them."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
_WAIT = 60  # seconds, on a busy machine


class Cluster:
    """Started by `with started(folder)`; `workers` have no nanny, so one that is killed stays away."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / "scheduler.json"
        self.workers: list[subprocess.Popen[bytes]] = []
        self._processes: list[subprocess.Popen[bytes]] = []
        file = str(self._file)
        self.scheduler = self._start("scheduler", "--port", "0", "--host", "127.0.0.1", "--scheduler-file", file)
        self._await(self.scheduler, self._file, b"}")
        self.address: str = json.loads(self._file.read_bytes())["address"]

    def worker(self, path: Path = ROOT, *, nanny: bool = False) -> subprocess.Popen[bytes]:
        """Start a worker that imports from `path` first, and wait until the scheduler has it."""
        kind = ["--nanny" if nanny else "--no-nanny", "--nthreads", "1", "--local-directory", str(self._folder)]
        process = self._start("worker", self.address, *kind, path=path)
        self._await(process, self._log(len(self._processes) - 1), b"Registered to")
        self.workers.append(process)
        return process

    def told(self) -> str:
        """Return what the processes wrote."""
        return "\n".join(file.read_text(errors="replace") for file in self._folder.glob("*.log"))

    def end(self) -> None:
        """End all processes."""
        for process in self._processes:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # with the processes of its nanny
            process.wait()

    def _log(self, number: int) -> Path:
        return self._folder / f"{number}.log"

    def _await(self, process: subprocess.Popen[bytes], file: Path, text: bytes) -> None:
        deadline = time.monotonic() + _WAIT
        while not file.exists() or text not in file.read_bytes():
            assert process.poll() is None, self.told()
            assert time.monotonic() < deadline, self.told()
            time.sleep(0.02)

    def _start(self, *words: str, path: Path = ROOT) -> subprocess.Popen[bytes]:
        settings = {
            "PYTHONPATH": os.pathsep.join(dict.fromkeys([str(path), str(ROOT)])),
            "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
        }
        with self._log(len(self._processes)).open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", *words, "--no-dashboard"],
                cwd=self._folder,
                env={**os.environ, **settings},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._processes.append(process)
        return process


@contextlib.contextmanager
def started(folder: Path, workers: int = 0, *, nanny: bool = False) -> Iterator[Cluster]:
    """Start a scheduler with workers."""
    folder.mkdir(parents=True, exist_ok=True)
    cluster = Cluster(folder)
    try:
        for _ in range(workers):
            cluster.worker(nanny=nanny)
        yield cluster
    finally:
        cluster.end()
