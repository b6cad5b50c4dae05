"""A small repository and a planner that stands in for the real one: it moves `app.old:Old` to `app.new:New`.

The command line is tested with it alone; how good a plan is, other tests say.
"""

import re
import subprocess
import sys
import types
from pathlib import Path

from consolidate.gitstep.fresh import create_repository
from consolidate.version import version
from planner.config import Config, parse
from planner.model import (
    Action,
    Edit,
    EnginePlan,
    FileEdit,
    Phase,
    Plan,
    Reference,
    ShimKind,
    Skipped,
    Symbol,
    apply_edits,
    blob_id,
    decode,
)
from planner.planfile import seal
from planner.tables import ConfigError

FILES = {
    "app/old.py": b"class Old: pass\n",
    "app/new.py": b"class New: pass\n",
    "app/user.py": b"from app.old import Old\r\n\r\nprint(Old())",
    "app/caf\u00e9 bar.py": b"# \xe9\nfrom app.old import Old\n",
    "tests/test_old.py": b"from app.old import Old\n\nassert Old\n",
    "notes.txt": b"Old is old\n",
    "consolidate.toml": b'[migration]\nname = "small"\ntarget = "app.new:New"\n\n[[engine]]\nlegacy = "app.old:Old"\n',
}
SHIM = b"from app.new import New as Old\n"
ENGINE = "app.old:Old"


def make_project(folder: Path) -> Path:
    for name, data in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    create_repository(folder, "Start")
    return folder


def git(folder: Path, *words: str, stdin: bytes = b"") -> str:
    done = subprocess.run(["git", *words], cwd=folder, input=stdin, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    return decode(done.stdout).strip()


def tree(folder: Path) -> str:
    return git(folder, "rev-parse", "HEAD^{tree}")


def read_config(root: Path, given: Path | None) -> Config:
    import tomllib

    file = given or root / "consolidate.toml"
    if not file.is_file():
        raise ConfigError("there is no configuration", "consolidate.toml", "run `consolidate init`")
    return parse(tomllib.loads(file.read_text()))


def make_plan(repository, config, commit, *, jobs=1, progress=None, trust=False, cache=None, executor=None) -> Plan:
    files = {entry.path: entry.blob for entry in repository.entries(commit) if entry.path.endswith(".py")}
    contents = dict(repository.read_blobs(list(files.values())))
    return plan_of({path: contents[blob] for path, blob in files.items()}, config, commit)


def plan_worktree(repository, config, *, progress=None, more=(), only=None, cache=None, executor=None) -> Plan:
    files = {file.relative_to(repository.root).as_posix(): file for file in repository.root.rglob("*.py")}
    return plan_of({path: file.read_bytes() for path, file in files.items()}, config, "0" * 40)


def plan_of(files: dict[str, bytes], config: Config, commit: str) -> Plan:
    groups = (
        ("shims", "deprecation-shim", lambda path: path == "app/old.py"),
        ("Application code", "rewrite-imports", lambda path: path.startswith("app/") and path != "app/old.py"),
        ("Tests", "rewrite-imports", lambda path: path.startswith("tests/")),
    )
    phases: list[Phase] = []
    references: list[Reference] = []
    for title, codemod, belongs in groups:
        edited = []
        for path in sorted(files):
            edits = _edits(path, files[path], codemod) if belongs(path) else ()
            if edits:
                edited.append(FileEdit(path, blob_id(files[path]), blob_id(apply_edits(files[path], edits)), edits))
        number = len(phases) + 1
        if edited:
            phases.append(Phase(number, title, (codemod,), tuple(edited)))
            references += [
                Reference(file.path, e.line, 0, ENGINE, "from-import", Action.REWRITTEN, e.old, e.new, phase=number)
                for file in edited
                for e in file.edits
                if codemod != "deprecation-shim"
            ]
    references.append(Reference("notes.txt", 1, 0, ENGINE, "text", Action.MANUAL, "Old", reason="text"))
    changed = len({file.path for phase in phases for file in phase.files})
    engine = EnginePlan(
        ENGINE,
        Symbol("app.old", "Old"),
        config.target,
        "app/old.py",
        ShimKind.ALIAS,
        "consolidate",
        tuple(sorted({item.path for item in references if item.action is Action.REWRITTEN})),
        (("manual", 1), ("rewritten", len(references) - 1)),
    )
    plan = Plan(
        commit,
        config.name,
        config.sha256,
        config.target,
        (engine,),
        tuple(references),
        tuple(phases),
        (Skipped("notes.bin", "is binary"),),
        scanned=len(files) + 1,
        changed=changed,
        unchanged=len(files) - changed,
    )
    return seal(plan, f"consolidate {version()}")


def _edits(path: str, data: bytes, codemod: str) -> tuple[Edit, ...]:
    if codemod == "deprecation-shim":
        return () if data == SHIM else (Edit(0, len(data), decode(data), decode(SHIM), codemod, 1),)
    return tuple(
        Edit(found.start(), found.end(), found[0].decode(), found[0].decode().lower().replace("old", new), codemod, 1)
        for found in re.finditer(rb"app\.old|Old", data)
        for new in ["New" if found[0] == b"Old" else "new"]
    )


def prove_phase(plan, phase, contents):
    for file in phase.files:
        if not file.created:
            assert blob_id(contents[file.path]) == file.blob
    return ()


def install(monkeypatch) -> types.ModuleType:
    """Put this planner where the commands look for one."""
    module = types.ModuleType("consolidate.planning")
    for function in (make_plan, plan_worktree):
        setattr(module, function.__name__, function)
    monkeypatch.setattr("consolidate.configuration.read_config", read_config)
    monkeypatch.setattr("consolidate.proving.prove_phase", prove_phase)
    monkeypatch.setitem(sys.modules, "consolidate.planning", module)
    import consolidate

    monkeypatch.setattr(consolidate, "planning", module, raising=False)
    return module


def cut_off(run, project: Path, monkeypatch) -> None:
    """Interrupt `apply --phase 1` after its commit, before the work tree follows; all that was patched is undone."""
    from consolidate.gitstep import rollforward

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(rollforward, "_roll_files", die)
    assert run("apply", "--phase", "1").code == 130
    monkeypatch.undo()
    install(monkeypatch)
    monkeypatch.chdir(project)
