"""Workers of a Dask cluster (dask.distributed), which need no checkout: what is to be read travels with the work.

A worker that is lost costs a retry, by the scheduler. A batch over which `distributed.scheduler.allowed-failures`
workers died comes back as `GONE`. Where the cluster as a whole is lost half-way, so does all that is left of the work,
and the pool is no longer `alive`.

Both sides unpickle what the other sends: the scheduler and all its workers must be trusted. An address with `tls://`
takes certificates from Dask's own configuration.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import pickle
import uuid
import warnings
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from typing import Any, TypeVar

from msgspec import Struct

from consolidate.errors import Refused, UsageProblem
from consolidate.executors import remote
from consolidate.executors.ports import GONE, Gone

Item = TypeVar("Item")
Result = TypeVar("Result")

_BATCH = 400_000
"""Bytes that are sent at once: some hundred milliseconds of work, a hundred times what the scheduler needs for it."""
_AHEAD = 64
"""Batches that may be under way, or two for each thread of the workers if those are more: bounds the memory."""
_FAR = "__import__('consolidate.executors.remote', fromlist=['run']).run(data)"
"""What a worker evaluates. A function of ours, sent by name, would end a worker that cannot import it."""
_REACH = 5
"""Seconds that the scheduler may take to answer."""
_LOOK = 5
"""Seconds without an answer after which we look whether there are workers."""
_DESERTED = 30
"""Seconds without any worker until nobody is expected to come back: a nanny needs two to start one again."""
_MUSTER = 10
"""Seconds that may pass until the scheduler has a worker."""


class Dask(Struct, frozen=True):
    """The cluster of a scheduler; without `address`, that of Dask's configuration. `tell` takes a note to the user."""

    address: str
    tell: Callable[[str], None]

    def worth(self, size: int) -> bool:
        """Return True: who asks for it wants it."""
        return True

    def start(self, patience: float) -> DaskPool:
        """Connect. Raises UsageProblem, Refused (`scheduler`)."""
        try:
            import distributed
        except ImportError:
            raise UsageProblem(
                "Dask is not installed here", "--executor dask", "pip install 'consolidate[dask]'"
            ) from None
        address = self.address or _configured()
        _hush()
        try:
            asyncio.run(_reach(address))
            client: Any = distributed.Client(address, timeout=_REACH, set_as_default=False)
        except OSError as error:
            raise _refused("the Dask scheduler cannot be reached", address, "start it: `dask scheduler`") from error
        except TypeError:  # how it says that there is no TLS context
            hint = "name them in Dask's configuration: distributed.comm.tls"
            raise UsageProblem("a TLS connection needs certificates", f"--scheduler {address}", hint) from None
        except ValueError as error:
            what = f"this is no address of a Dask scheduler: {error}".splitlines()[0]
            raise UsageProblem(what, f"--scheduler {address}", "write tcp://HOST:PORT") from None
        try:
            client.wait_for_workers(1, timeout=_MUSTER)
            threads = sum(client.nthreads().values())
        except (TimeoutError, OSError) as error:
            client.close(_REACH)
            hint = f"start some: `dask worker {address}`"
            raise _refused("the Dask scheduler has no workers", address, hint) from error
        return DaskPool(client, address, max(_AHEAD, 2 * threads), patience, self.tell)


class DaskPool:
    """A client of the cluster; at most `ahead` batches are under way."""

    def __init__(self, client: Any, address: str, ahead: int, patience: float, tell: Callable[[str], None]) -> None:
        self.alive = True
        self._client, self._address, self._ahead, self._patience = client, address, ahead, patience
        self._executor = client.get_executor(pure=False)
        self._tell = tell

    def map(self, work: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result | Gone]:
        """Send the first items; see `Pool.map`."""
        batches = _batches(items)
        waiting: deque[tuple[Future[Any] | None, int]] = deque()
        self._send(pickle.dumps(work), batches, waiting)
        return self._results(pickle.dumps(work), batches, waiting)

    def close(self) -> None:
        """Drop what is not done."""
        with contextlib.suppress(Exception):  # a cluster that is gone
            self._client.close(_REACH)

    def _send(
        self, work: bytes, batches: Iterator[tuple[bytes, ...]], waiting: deque[tuple[Future[Any] | None, int]]
    ) -> None:
        while len(waiting) < self._ahead and (items := next(batches, None)):
            future = None
            if self.alive:
                try:
                    data = pickle.dumps((remote.identity(), work, items))
                    key = f"consolidate-{uuid.uuid4()}"
                    future = self._executor.submit(eval, _FAR, {"data": data}, key=key)
                except Exception as error:  # noqa: BLE001 - its network stack knows many
                    self._give_up(error)
            waiting.append((future, len(items)))

    def _results(
        self, work: bytes, batches: Iterator[tuple[bytes, ...]], waiting: deque[tuple[Future[Any] | None, int]]
    ) -> Iterator[Any]:
        while waiting:
            future, count = waiting.popleft()
            answers = self._answers(future, [other for other, _ in waiting if other is not None])
            self._send(work, batches, waiting)
            for answer in answers or [None] * count:
                if answer is None:
                    yield GONE
                    continue
                fine, result = pickle.loads(answer)  # noqa: S301 - by a worker that could run anything here anyway
                if not fine:
                    raise result
                yield result

    def _answers(self, future: Future[Any] | None, others: Sequence[Future[Any]]) -> Sequence[bytes | None]:
        """Return the pickled answers of a batch, nothing where there are none."""
        if future is None or not self.alive:
            return ()
        from distributed import KilledWorker

        try:
            self._wait(future, others)
            kind, found = future.result()
        except KilledWorker:
            return ()
        except (ImportError, AttributeError) as error:
            raise self._foreign("a Dask worker has no consolidate, or an old one") from error
        except Exception as error:  # noqa: BLE001 - its network stack knows many
            self._give_up(error)
            return ()
        if kind != "done":
            raise self._foreign(f"a Dask worker has {_told(found)}, this is {_told(remote.identity())}")
        answers: Sequence[bytes | None] = found
        return answers

    def _wait(self, future: Future[Any], others: Sequence[Future[Any]]) -> None:
        """Wait as long as anything of ours is done now and then. Raises TimeoutError."""
        pending = {future, *(other for other in others if not other.done())}
        quiet = deserted = 0.0
        while not future.done():
            pause = min(self._patience - quiet, _LOOK)
            done, pending = wait(pending, pause, FIRST_COMPLETED)
            quiet, deserted = (0.0, 0.0) if done else (quiet + pause, deserted + pause)
            if quiet >= self._patience:
                raise TimeoutError(f"no answer for {quiet:g} s")
            if not done and self._client.nthreads():
                deserted = 0.0
            if deserted >= _DESERTED:
                raise TimeoutError(f"no workers for {deserted:g} s")

    def _give_up(self, error: BaseException) -> None:
        if self.alive:
            self.alive = False
            why = str(error).partition("\n")[0] or type(error).__name__
            self._tell(f"note: the Dask cluster {self._address} is lost ({why}); what is left is done here")

    def _foreign(self, what: str) -> Refused:
        hint = "install the same version of consolidate, and of Python, on all workers"
        return _refused(what, self._address, hint)


def _batches(items: Sequence[object]) -> Iterator[tuple[bytes, ...]]:
    """Yield the items pickled, as many at once as are sent at once."""
    batch: list[bytes] = []
    size = 0
    for item in items:
        data = pickle.dumps(item)
        if batch and size + len(data) > _BATCH:
            yield tuple(batch)
            batch, size = [], 0
        batch.append(data)
        size += len(data)
    if batch:
        yield tuple(batch)


async def _reach(address: str) -> None:
    """Connect and leave again; a client that can't connect would try on, and talk, until the program ends."""
    from distributed.comm import connect
    from distributed.security import Security

    comm = await connect(address, timeout=_REACH, **Security().get_connection_args("client"))
    await comm.close()


def _configured() -> str:
    import dask

    address = dask.config.get("scheduler-address", None)  # DASK_SCHEDULER_ADDRESS
    if not address:
        raise UsageProblem("which Dask scheduler?", "--executor dask", "name it with --scheduler tcp://HOST:PORT")
    return str(address)


def _refused(what: str, address: str, hint: str) -> Refused:
    return Refused(what, address, hint, code="scheduler")


def _told(found: Sequence[str]) -> str:
    return f"consolidate {found[0]} (code {found[2][:8]}) on {found[1]}"


def _hush() -> None:
    """Let Dask say nothing: it logs and warns of what is told here in one line, or is no matter of the user's."""
    from distributed.versions import VersionMismatchWarning

    warnings.simplefilter("ignore", VersionMismatchWarning)
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] in ("distributed", "tornado", "asyncio"):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
