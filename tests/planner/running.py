"""Programs run in child processes: what they print, and which modules of a tree can be imported by themselves."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

# One process for all trees, which forks for each program: a start of Python costs ten times as much as a fork.
_DRIVER = """
import ast, importlib, io, json, os, runpy, sys, tempfile, traceback, typing, unittest.mock, warnings
sys.dont_write_bytecode = True
tasks = json.load(sys.stdin)
answers = []
for folder, program, module in tasks:
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
        answers.append([os.waitstatus_to_exitcode(status), answer.read()])
json.dump(answers, sys.stdout)
"""


def run_all(tasks: Sequence[tuple[Path, str, str]]) -> list[tuple[int, str]]:
    """Run each (folder, program, module): `python -m program`, or an import of the module where that is empty.

    Returns exit code and standard output of each; an exception stands there as one line.
    """
    if not tasks:
        return []
    given = json.dumps([(str(folder), program, module) for folder, program, module in tasks])
    done = subprocess.run(
        [sys.executable, "-I", "-W", "ignore", "-c", _DRIVER], input=given, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return [(code, text) for code, text in json.loads(done.stdout)]


def write(folder: Path, files: Mapping[str, bytes]) -> Path:
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder
