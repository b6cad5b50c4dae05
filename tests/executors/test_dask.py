"""Plans by the workers of a Dask cluster: the same bytes as here, whatever becomes of workers and scheduler."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from consolidate.errors import Refused, UsageProblem
from consolidate.executors import remote
from consolidate.executors.dask import Dask
from consolidate.workers import Care, Workers
from tests.executors.cluster import ROOT, Cluster, started
from tests.hostile_sources import world
from tests.hostile_sources.sources import IMPORT
from tests.hostile_sources.test_workers import CARE, _kills_its_process, _seconds

pytest.importorskip("distributed", reason="of the extra `dask`")
# Sockets and loops of Dask's own that are collected later than a strict test would have it.
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
ALL: Care[str, str] = Care(risky=lambda item: False, lost=lambda item, reason: reason)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with started(tmp_path_factory.mktemp("cluster"), 2) as found:
        yield found


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample") / "repository"
    shutil.copytree(ROOT / "sample_repo", folder)
    for words in (("init", "-q", "-b", "main"), ("add", "-A"), ("commit", "-q", "-m", "Start")):
        world.git(folder, *words)
    return folder


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with a second of work."""
    text = b'"""' + (b"x" * 79 + b"\n") * 5_100 + b'"""\n'  # more than is sent at once, and soon read
    source = IMPORT + text + b"x = [1, 2, 3]\n" * 3_000 + b"Old()\n"
    folder = tmp_path_factory.mktemp("long")
    return world.make(folder, {f"app/many{number}.py": b"# %d\n" % number + source for number in range(6)})


@cache
def here(folder: Path) -> bytes:
    alone = world.run(folder, "--jobs", "1", "--no-cache", "plan", "--json")
    assert (alone.code, alone.err) == (0, "")
    return alone.out


def there(cluster: Cluster, folder: Path) -> subprocess.Popen[bytes]:
    words = ["--executor", "dask", "--scheduler", cluster.address, "--no-cache", "plan", "--json"]
    return subprocess.Popen(
        [sys.executable, "-m", "consolidate", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def when_busy(process: subprocess.Popen[bytes], plan: subprocess.Popen[bytes]) -> None:
    """Wait until a worker has computed for a while."""
    before = _seconds(process.pid)
    while _seconds(process.pid) < before + 0.1:
        assert plan.poll() is None
        time.sleep(0.005)


def _where(item: str) -> str:
    return f"{item} {os.getpid()}"


def _both(item: str) -> str:
    if item == "wrong":
        raise KeyError(item)
    return item


def test_a_small_plan_too_is_made_by_the_workers_and_is_the_same(cluster, sample):
    process = there(cluster, sample)
    out, err = process.communicate(timeout=300)
    assert (process.returncode, err.decode()) == (0, ""), cluster.told()
    assert out == here(sample)


def test_work_is_done_by_processes_of_the_cluster_in_order(cluster):
    items = [f"{number} {'x' * 90_000}" for number in range(20)]
    with Workers(Dask(cluster.address, print)) as workers:
        found = [text.rpartition(" ") for text in workers.map(_where, items, 1, ALL)]
    assert [name for name, _, _ in found] == items
    assert str(os.getpid()) not in {process for _, _, process in found}
    assert len({process for _, _, process in found}) == 2


def test_what_the_work_raises_is_raised_here(cluster):
    with Workers(Dask(cluster.address, print)) as workers, pytest.raises(KeyError, match="wrong"):
        list(workers.map(_both, ["a", "wrong"], 1, ALL))


def test_a_worker_that_is_killed_at_work_changes_no_byte_of_the_plan(tmp_path, long):
    with started(tmp_path / "cluster", 2) as cluster:
        process = there(cluster, long)
        when_busy(cluster.workers[0], process)
        os.kill(cluster.workers[0].pid, signal.SIGKILL)
        out, err = process.communicate(timeout=300)
        assert cluster.workers[1].poll() is None
        assert (process.returncode, err.decode()) == (0, ""), cluster.told()
    assert out == here(long)


def test_a_scheduler_that_is_killed_at_work_changes_no_byte_of_the_plan_and_is_told(tmp_path, long):
    with started(tmp_path / "cluster") as cluster:
        worker = cluster.worker()
        process = there(cluster, long)
        when_busy(worker, process)
        os.kill(cluster.scheduler.pid, signal.SIGKILL)
        out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err
    assert err.decode().startswith(f"note: the Dask cluster {cluster.address} is lost (")
    assert err.count(b"\n") == 1
    assert out == here(long)


def test_a_file_that_kills_every_worker_costs_itself_only(tmp_path):
    batches = [("a", "b", "c"), ("d", "bad", "e", "f"), ("g",), ("h", "i")]
    with started(tmp_path / "cluster", 2, nanny=True) as cluster, Workers(Dask(cluster.address, print)) as workers:
        found = CARE.joined(list(workers.map(_kills_its_process, batches, 1, CARE)))
    assert sorted(found) == sorted(name for batch in batches for name in batch)
    assert [name for name, said in found.items() if said != "done"] == ["bad"]


def refused(cluster: Cluster) -> Refused:
    with pytest.raises(Refused) as found, Workers(Dask(cluster.address, print)) as workers:
        list(workers.map(_both, ["a"], 1, ALL))
    assert "\n" not in str(found.value)
    return found.value


def test_workers_with_other_code_are_refused_and_live(tmp_path):
    other = tmp_path / "other"
    for package in ("consolidate", "codemods", "planner", "templates"):
        shutil.copytree(ROOT / package, other / package, ignore=shutil.ignore_patterns("__pycache__"))
    (other / "pyproject.toml").write_text('[project]\nname = "consolidate"\nversion = "9.8.7"\n')
    with started(tmp_path / "cluster") as cluster:
        worker = cluster.worker(other)
        error = refused(cluster)
        assert worker.poll() is None
    version, python, code = remote.identity()
    assert error.what.startswith("a Dask worker has consolidate 9.8.7 (code ")
    assert error.what.endswith(f", this is consolidate {version} (code {code[:8]}) on {python}")
    assert error.where == cluster.address


def test_workers_without_the_program_are_refused_and_live(tmp_path):
    (tmp_path / "consolidate").mkdir()
    (tmp_path / "consolidate/__init__.py").touch()
    with started(tmp_path / "cluster") as cluster:
        worker = cluster.worker(tmp_path)
        error = refused(cluster)
        assert worker.poll() is None
    assert error.what == "a Dask worker has no consolidate, or an old one"


def test_a_scheduler_without_workers_is_refused(tmp_path, sample):
    with started(tmp_path / "cluster") as cluster:
        process = there(cluster, sample)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (3, b"")
    assert err.decode().startswith(f"error: the Dask scheduler has no workers; {cluster.address}; ")
    assert err.count(b"\n") == 1


@pytest.mark.parametrize(
    ("words", "code", "text"),
    [
        (["--executor", "dask", "--scheduler", "tcp://127.0.0.1:1"], 3, "the Dask scheduler cannot be reached; tcp:"),
        (["--scheduler", "tcp://127.0.0.1:1"], 2, "--scheduler is for a Dask cluster; --executor; add --executor dask"),
    ],
)
def test_a_scheduler_that_cannot_be_had_is_told_in_one_line(sample, words, code, text):
    begun = time.monotonic()
    found = world.run(sample, *words, "--no-cache", "plan")
    assert (found.code, found.out) == (code, b"")
    assert found.err.startswith(f"error: {text}")
    assert found.err.count("\n") == 1
    assert time.monotonic() - begun < 30


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("what://x", "this is no address of a Dask scheduler: "),
        ("tls://127.0.0.1:1", "a TLS connection needs certificates; --scheduler tls:"),
        ("", "which Dask scheduler?; --executor dask; name it with --scheduler tcp://"),
    ],
)
def test_an_address_that_is_none_is_told_in_one_line(address, text):
    with pytest.raises(UsageProblem) as found:
        Dask(address, print).start(1)
    assert str(found.value).startswith(text)
    assert "\n" not in str(found.value)


def test_without_the_extra_it_is_told_what_to_install(tmp_path, sample, monkeypatch):
    (tmp_path / "distributed.py").write_text("raise ModuleNotFoundError('distributed')\n")
    program = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); from consolidate.cli import main;"
        "sys.exit(main(['--executor', 'dask', '--scheduler', 'tcp://h:1', '--no-cache', 'plan']))"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=sample, env=environment, capture_output=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.decode() == (
        "error: Dask is not installed here; --executor dask; pip install 'consolidate[dask]'\n"
    )


def test_interrupted_at_work_it_ends_at_once(cluster, long):
    process = there(cluster, long)
    when_busy(cluster.workers[0], process)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert err.decode().startswith("error: interrupted")
    assert err.count(b"\n") == 1
