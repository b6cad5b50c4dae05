"""Programs run in child processes: what they print, and which modules of a tree can be imported by themselves."""

import atexit
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

# One process for all trees, which forks for each program: a start of Python costs ten times as much as a fork.
_DRIVER = """
import ast, importlib, io, json, os, runpy, sys, tempfile, traceback, typing, unittest.mock, warnings
sys.dont_write_bytecode = True
# An editable installation puts this checkout on the path, whose `tests` would hide that of a tree.
sys.path[:] = [entry for entry in sys.path if os.path.realpath(entry) != sys.argv[1]]

def answer_to(folder, program, module):
    with tempfile.TemporaryFile("w+", encoding="utf-8") as answer:
        child = os.fork()
        if not child:
            os.chdir(folder)
            sys.path.insert(0, folder)
            os.dup2(answer.fileno(), 1)
            os.dup2(answer.fileno() if program else os.open(os.devnull, os.O_WRONLY), 2)
            sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
            sys.stderr = io.StringIO()
            code = 0
            try:
                if program:
                    runpy.run_module(program, run_name="__main__")
                else:
                    importlib.import_module(module)
            except BaseException as error:
                code = 1
                last = traceback.extract_tb(error.__traceback__)[-1]
                place = os.path.relpath(last.filename, folder) if last.filename.startswith(folder) else "elsewhere"
                sys.stdout.write(f"{type(error).__name__}: {error} ({place})\\n")
            sys.stdout.flush()
            os._exit(code)
        _, status = os.waitpid(child, 0)
        answer.seek(0)
        return os.waitstatus_to_exitcode(status), answer.read()

for line in sys.stdin:
    print(json.dumps([answer_to(*task) for task in json.loads(line)]), flush=True)
"""


@cache
def _driver() -> subprocess.Popen[str]:
    """Return the driver of this test process; it ends with its standard input, when the process does."""
    checkout = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-I", "-W", "ignore", "-c", _DRIVER, str(checkout)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    atexit.register(process.communicate)
    return process


def run_all(tasks: Sequence[tuple[Path, str, str]]) -> list[tuple[int, str]]:
    """Run each (folder, program, module): `python -m program`, or an import of the module where that is empty.

    Returns exit code and standard output of each; an exception stands there as one line.
    """
    driver = _driver()
    assert driver.stdin is not None
    assert driver.stdout is not None
    given = [(str(folder), program, module) for folder, program, module in tasks]
    driver.stdin.write(json.dumps(given) + "\n")
    driver.stdin.flush()
    return [(code, text) for code, text in json.loads(driver.stdout.readline())]


def write(folder: Path, files: Mapping[str, bytes]) -> Path:
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder
