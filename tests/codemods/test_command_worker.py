"""The process that runs codemods of the user's own, asked in its own words: what it loads, and what a codemod meets."""

import json
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import codemods.command_worker

MEMORY = 3 * 1024**3
COMMANDS = """
import os, random, resource, signal
import libcst as cst
from libcst.codemod import CodemodCommand, SkipFile

class Facts(CodemodCommand):
    def transform_module_impl(self, tree):
        facts = {
            "limits": [resource.getrlimit(kind) for kind in (
                resource.RLIMIT_AS, resource.RLIMIT_FSIZE, resource.RLIMIT_CORE)],
            "leads": os.getpgrp() == os.getpid(),
            "left": signal.getitimer(signal.ITIMER_REAL)[0],
            "chance": random.random(),
            "names": [self.context.filename, self.context.full_module_name, self.context.full_package_name],
        }
        return cst.parse_module(f"facts = {facts!r}\\n")

class Warns(CodemodCommand):
    def transform_module_impl(self, tree):
        for number in range(30):
            self.warn(str(number))
        if tree.code == "skip\\n":
            raise SkipFile("not this one")
        if tree.code == "fail\\n":
            raise ValueError("no way\\nand more")
        if tree.code == "quiet\\n":
            raise KeyboardInterrupt
        if tree.code == "leave\\n":
            os._exit(7)
        return tree

class Picky(Facts):
    def __init__(self, context, more): ...

class Other: ...
"""
NAMES = ["own:Facts", "own:Warns", "own:Picky", "own:Other", "own:Absent", "nowhere.own:X", "broken:X", "inside:X"]


class Worker:
    def __init__(self, process: subprocess.Popen[bytes], told: Any = None) -> None:
        self.process, self.told = process, told

    def ask(self, table: dict[str, Any]) -> Any:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        data = json.dumps(table).encode()
        self.process.stdin.write(struct.pack(">I", len(data)) + data)
        self.process.stdin.flush()
        return json.loads(self.process.stdout.read(struct.unpack(">I", self.process.stdout.read(4))[0]))

    def run(self, command: str, code: str) -> Any:
        request = {"command": command, "file": "a/b.py", "module": "a.b", "package": "a", "code": code, "seconds": 20}
        return self.ask(request)


@pytest.fixture(scope="module")
def worker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worker]:
    folder = tmp_path_factory.mktemp("worker")
    for name in ("allowed", "repository", "repository/own"):
        (folder / name).mkdir()
    (folder / "allowed" / "own.py").write_text(COMMANDS, encoding="utf-8")
    (folder / "allowed" / "broken.py").write_text("raise SystemExit('not\\nhere')", encoding="utf-8")
    (folder / "allowed" / "inside.py").write_text(
        f"import sys\nsys.path.insert(0, {str(folder / 'repository')!r})\nimport lies", encoding="utf-8"
    )
    (folder / "repository" / "lies.py").write_text("", encoding="utf-8")
    path = Path(codemods.command_worker.__file__)
    with subprocess.Popen([sys.executable, "-I", path], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        made = Worker(process)
        setup = {"forbidden": str(folder / "repository"), "allowed": [], "path": [str(folder / "allowed")]}
        made.told = made.ask({**setup, "memory": MEMORY, "commands": NAMES})
        yield made
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(20) == 0


def test_what_can_be_used_says_where_it_comes_from_and_what_cannot_says_why(worker: Worker) -> None:
    assert {name: answer.get("error", "") for name, answer in worker.told.items()} == {
        "own:Facts": "",
        "own:Warns": "",
        "own:Picky": "own:Picky cannot be made without arguments: TypeError: "
        "Picky.__init__() missing 1 required positional argument: 'more'",
        "own:Other": "own:Other is no CodemodCommand of LibCST",
        "own:Absent": "own has no Absent",
        "nowhere.own:X": "there is no module nowhere among what is installed",
        "broken:X": "the module broken cannot be imported: SystemExit: not",
        "inside:X": "the module lies lies in the repository",
    }
    assert worker.told["own:Facts"]["origin"] == ""
    assert len(worker.told["own:Facts"]["sha256"]) == 64


def test_a_codemod_has_its_limits_its_own_group_and_no_chance(worker: Worker) -> None:
    answers = [worker.run("own:Facts", "x\n") for _ in range(2)]
    assert [answer["status"] for answer in answers] == ["done", "done"]
    first, second = (eval(answer["code"].removeprefix("facts = ")) for answer in answers)
    assert first["limits"] == [(MEMORY, MEMORY), (16 * 1024**2, 16 * 1024**2), (0, 0)]
    assert first["leads"]
    assert 15 < first["left"] <= 22
    assert first["chance"] == second["chance"]
    assert first["names"] == ["a/b.py", "a.b", "a"]


def test_an_answer_says_what_became_of_a_file(worker: Worker) -> None:
    warnings = [str(number) for number in range(20)]
    empty: list[str] = []
    assert worker.run("own:Warns", "x = 1\n") == {"status": "done", "code": "x = 1\n", "warnings": warnings}
    assert worker.run("own:Warns", "skip\n") == {"status": "skipped", "reason": "not this one", "warnings": warnings}
    for code, reason in {
        "fail\n": "it raises ValueError: no way",
        "quiet\n": "it raises KeyboardInterrupt",
        "leave\n": "it ends its process with exit code 7",
        "x = (\n": "LibCST cannot read it (line 1)",
    }.items():
        assert worker.run("own:Warns", code) == {"status": "failed", "reason": reason, "warnings": empty}


def test_a_long_answer_arrives_whole(worker: Worker) -> None:
    code = f"x = '{'a' * 3_000_000}'\n"
    assert worker.run("own:Warns", code)["code"] == code
