"""Small repositories with codemods of their own, and the real program that runs in them."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.cli.projects import git

ROOT = Path(__file__).parent.parent.parent
FSTRINGS = "libcst.codemod.commands.convert_format_to_fstring:ConvertFormatStringCommand"
NOOP = "libcst.codemod.commands.noop:NOOPCommand"
HEAD = '[migration]\nname = "one"\ntarget = "app.engine:Engine"\n\n[[engine]]\nlegacy = "app.legacy:OldEngine"\n'
FILES = {
    "app/__init__.py": b"",
    "app/engine.py": b"class Engine: pass\n",
    "app/legacy.py": b"class OldEngine: pass\n",
    "app/user.py": b'from app.legacy import OldEngine\r\n\r\nprint("{}".format(OldEngine()))\r\nlast = 1',
    "app/plain.py": b"\xef\xbb\xbfx = 1\r\nif x:\r\n\tprint('{}'.format(x))",
    "app/latin.py": b"# coding: latin-1\nname = '\xe9'\nprint('{}'.format(name))\n",
}

# What each file's name asks for is what the codemod does to it.
COMMAND = b"""
import os, sys, time, types
import libcst as cst
from libcst.codemod import CodemodCommand, SkipFile

calls = 0


def parse(text):
    return cst.parse_module(text)


class Command(CodemodCommand):
    def transform_module_impl(self, tree):
        global calls
        calls += 1
        name = self.context.filename.rpartition("/")[2].removesuffix(".py")
        do = getattr(self, name, None) if name.isalnum() else None
        return do(tree) if do else tree

    def hang(self, tree):
        time.sleep(1000)

    def spin(self, tree):
        while True:
            pass

    def leave(self, tree):
        os._exit(3)

    def crash(self, tree):
        os.kill(os.getpid(), 11)

    def orphan(self, tree):
        os.kill(os.getppid(), 9)
        os._exit(0)

    def memory(self, tree):
        return bytearray(10 * 1024**3)

    def fail(self, tree):
        raise ValueError(f"no way at {object()}")

    def nothing(self, tree):
        return None

    def talk(self, tree):
        print("x" * 100_000, flush=True)
        os.write(1, b"y" * 100_000)
        sys.stderr.write("z" * 100_000)
        open("written", "w").write(sys.stdin.read())
        self.warn("it was written by hand")
        return parse("a=1\\ntalked = 1\\n")

    def skip(self, tree):
        raise SkipFile("it is generated")

    def garbage(self, tree):
        return types.SimpleNamespace(bytes=b"1 +\\n")

    def unbound(self, tree):
        return parse(tree.code.replace("def given", "def taken"))

    def again(self, tree):
        return parse(tree.code + "again = 1\\n")

    def layout(self, tree):
        return parse(tree.code.replace("a=1", "a = 1"))

    def counted(self, tree):
        return parse(f"calls = {calls}\\n")

    def where(self, tree):
        context = self.context
        names = (context.filename, context.full_module_name, context.full_package_name)
        return parse(f"names = {names!r}\\n")

    def lines(self, tree):
        return parse(tree.code.replace("\\r\\n", "\\n"))

    def given(self, tree):
        return parse(tree.code.replace("def helper", "def other"))


class Wordy(Command):
    def __init__(self, context, word):
        super().__init__(context)
"""


class Project:
    """A git repository in a folder, and the program in it."""

    def __init__(self, folder: Path, files: Mapping[str, bytes], phases: str) -> None:
        self.folder = folder
        for name, data in {**FILES, **files, "consolidate.toml": (HEAD + phases).encode()}.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        git(folder, "init", "-q", "-b", "main")
        for key, value in (("name", "a"), ("email", "a@b.c")):
            git(folder, "config", f"user.{key}", value)
        self.commit()

    def commit(self) -> None:
        git(self.folder, "add", "-A")
        git(self.folder, "commit", "-q", "-m", "files")

    def run(self, *words: str, code: int = 0, **environment: str) -> str:
        """Return stdout, or stderr where another exit code than 0 is expected."""
        done = subprocess.run(
            [sys.executable, "-m", "consolidate", *words],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "1000", **environment},
            capture_output=True,
            check=False,
        )
        assert done.returncode == code, (done.stdout, done.stderr)
        return (done.stderr if code else done.stdout).decode("utf-8", "surrogateescape")

    def plan(self, *words: str, **environment: str) -> dict:
        return json.loads(self.run(*words, "plan", "--trust-codemods", "--json", **environment))


def phase(*codemods: str, title: str = "Own", paths: str = "app/**", more: str = "") -> str:
    return f'\n[[phase]]\ntitle = "{title}"\ncodemods = {json.dumps(codemods)}\npaths = ["{paths}"]\n{more}\n'


SHIMS = phase("deprecation-shim", title="Shims")


def files_of(plan: dict, number: int = 1) -> dict[str, dict]:
    return {file["path"]: file for file in plan["phases"][number - 1]["files"]}


def notes_of(plan: dict) -> str:
    return "\n".join([*plan["notes"], *(note for item in plan["phases"] for note in item["notes"])])
