"""Tests that share something costly run in one process: `pytest -n` hands out their file as a whole.

pytest-xdist 3.8's groups (`--dist loadgroup`) are told by a test's `_nodeid`, which pytest 9.2 no longer reads.
"""

import signal
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from xdist.scheduler import LoadScopeScheduling

# A shell lets what it starts in the background ignore this signal, and so would every command that a test interrupts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

TOGETHER = {
    "tests/cli/test_end_to_end.py": "end to end",
    "tests/cli/test_imports.py": "imports",
    "tests/executors/test_dask.py": "dask",
    "tests/faults/test_failures.py": "faults",
    "tests/faults/test_races.py": "faults",
    "tests/faults/test_kills.py": "kills",
    "tests/cli/test_own_codemods.py": "own codemods",
    "tests/hostile/test_forged_plans.py": "forged plans",
    "tests/terminal/test_modes.py": "terminal",
    "tests/terminal/test_screens.py": "terminal",
    "tests/terminal/test_tmux.py": "terminal",
    "tests/terminal/test_width.py": "terminal",
    "tests/second_opinion/test_second_opinion.py": "second opinion",
    "tests/test_sample.py": "sample",
}


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> "LoadScopeScheduling":
    from xdist.scheduler import LoadScopeScheduling

    class Together(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return TOGETHER.get(nodeid.partition("::")[0], nodeid)

    return Together(config, log)
