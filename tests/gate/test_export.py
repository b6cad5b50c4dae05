"""The ban for other linters, run by them: they find what `check` finds, but for the forms that they cannot see."""

import json
import os
import subprocess
import sysconfig
import tomllib
from pathlib import Path

import pytest

from tests.gate.projects import FILES, consolidate, make, printed

SCRIPTS = Path(sysconfig.get_path("scripts"))
BOTH, RUFF, NONE = (True, True), (True, False), (False, False)
# Each form in a file of its own: its text, and whether ruff and import-linter see that file at all.
FORMS: dict[str, tuple[str, tuple[bool, bool]]] = {
    "app/forms/absolute.py": ("from app.old import Old\n", BOTH),
    "app/forms/relative.py": ("from ..old import Old\n", BOTH),
    "app/forms/aliased.py": ("from app.old import Old as O\n\nO()\n", BOTH),
    "app/forms/several.py": ("from app.new import New\nfrom app.old import (  # why\n    Old,\n    helper,\n)\n", BOTH),
    "app/forms/star.py": ("from app.old import *\n\nOld()\n", BOTH),
    "app/forms/module.py": ("import app.old\n\napp.old.Old()\n", BOTH),
    "app/forms/module_as.py": ("import app.old as old\n\nold.Old()\n", BOTH),
    "app/forms/from_package.py": ("from app import old\n\nold.Old()\n", BOTH),
    "app/forms/in_function.py": ("def make():\n    from app.old import Old\n\n    return Old()\n", BOTH),
    "app/forms/typing_only.py": (
        "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from app.old import Old\n",
        BOTH,
    ),
    "app/forms/fallback.py": ("try:\n    from app.old import Old\nexcept ImportError:\n    Old = None\n", BOTH),
    "app/forms/other_name.py": ("from app.old import helper\n", BOTH),
    "scripts/outside.py": ("from app.old import Old\n", RUFF),
    "app/forms/stub.pyi": ("from app.old import Old\n\ndef f(a: Old) -> None: ...\n", RUFF),
    "notes/book.ipynb": (
        json.dumps(
            {
                "cells": [
                    {
                        "cell_type": "code",
                        "execution_count": None,
                        "metadata": {},
                        "outputs": [],
                        "source": ["from app.old import Old\n", "Old()"],
                    }
                ],
                "metadata": {},
                "nbformat": 4,
                "nbformat_minor": 4,
            }
        ),
        RUFF,
    ),
    "app/forms/attribute.py": ("import app\n\napp.old.Old()\n", RUFF),
    "app/forms/re_export.py": ("from app.hub import Old\n\nOld()\n", NONE),
    "app/forms/star_of_star.py": ("from app.hub import *\n\nOld()\n", NONE),
    "app/forms/through_module.py": ("from app import hub\n\nhub.Old()\n", NONE),
    "app/forms/patch.py": ('from unittest import mock\n\nmock.patch("app.old.Old")\n', NONE),
    "app/forms/patch_importer.py": ('from unittest import mock\n\nmock.patch("app.hub.Old")\n', NONE),
    "app/forms/import_string.py": ('import importlib\n\nimportlib.import_module("app.old")\n', NONE),
    "app/forms/dotted_string.py": ('ENGINE = "app.old.Old"\n', NONE),
    "app/forms/python2.py": ("from app.old import Old\n\nprint Old()\n", NONE),
}
TREE = {
    "app/old.py": "class Old:\n    pass\n\n\ndef helper():\n    pass\n",
    "app/hub.py": 'from app.old import Old\n\n__all__ = ["Old"]\n',
    "app/forms/__init__.py": "",
    **{path: text for path, (text, _) in FORMS.items()},
}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return make(tmp_path_factory.mktemp("export"), TREE)


def tool(project: Path, name: str, *words: str) -> str:
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(project), "COLUMNS": "1000"}
    done = subprocess.run(
        [SCRIPTS / name, *words], cwd=project, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode in (0, 1), (done.stdout, done.stderr)
    assert "Syntax error" not in done.stdout + done.stderr, (done.stdout, done.stderr)
    return done.stdout


def ruff(project: Path) -> set[tuple[str, int, int]]:
    """Return what ruff finds, as path, first and last line (a notebook's lines are those of its cells)."""
    inside = project / "ban.toml"
    inside.write_text(consolidate(project, "export", "--format", "ruff").stdout)
    (project / "ruff.toml").write_text('extend = "ban.toml"\nlint.select = ["TID251"]\n')
    found = json.loads(tool(project, "ruff", "check", "--no-cache", "--output-format", "json", "."))
    inside.unlink()
    (project / "ruff.toml").unlink()
    return {
        (
            Path(item["filename"]).relative_to(project).as_posix(),
            item["location"]["row"],
            item["end_location"]["row"],
        )
        for item in found
        if item["code"] == "TID251"
    }


def import_linter(project: Path) -> set[str]:
    """Return the modules that import-linter finds to import a legacy one."""
    file = project.parent / f"{project.name}-linter.toml"
    file.write_text(consolidate(project, "export", "--format", "import-linter").stdout)
    lines = tool(project, "lint-imports", "--no-cache", "--config", str(file)).splitlines()
    return {line.split(" -> ")[0].removeprefix("- ") for line in lines if line.startswith("- ")}


def checked(project: Path) -> set[tuple[str, int]]:
    found = printed(project, "check", "--format", "json", code=1)["findings"]
    return {(item["path"], item["line"]) for item in found}


@pytest.fixture(scope="module")
def found(project):
    return checked(project)


def test_check_finds_every_form(found):
    assert set(FORMS) <= {path for path, _ in found}


def test_ruff_finds_the_same_files_minus_the_forms_that_it_cannot_see(project, found):
    seen = ruff(project)
    files = {path for path, *_ in seen}
    assert {path: path in files for path in FORMS} == {path: sees for path, (_, (sees, _)) in FORMS.items()}
    for path, first, last in seen:
        assert path.endswith(".ipynb") or any((path, line) in found for line in range(first, last + 1))


def test_import_linter_finds_the_same_modules_minus_the_forms_that_it_cannot_see(project):
    with pytest.raises(AssertionError, match="Syntax error"):
        import_linter(project)  # one file that does not parse, and it gives up
    (project / "app/forms/python2.py").unlink()
    modules = import_linter(project)
    (project / "app/forms/python2.py").write_text(TREE["app/forms/python2.py"])
    seen = {path: path.removesuffix(".py").replace("/", ".") in modules for path in FORMS}
    assert seen == {path: sees for path, (_, (_, sees)) in FORMS.items()}


def test_what_the_baseline_has_is_excused_and_what_is_new_is_not(tmp_path):
    project = make(tmp_path, {"app/no [p]/odd.py": "from app.old import Old\n", "app/odd.py": ""})
    consolidate(project, "check", "--create-baseline")
    assert ruff(project) == set()
    assert import_linter(project) == set()
    (project / "app/odd.py").write_text("from app.old import Old\n")
    assert ruff(project) == {("app/odd.py", 1, 1)}
    assert import_linter(project) == {"app.odd"}


def test_a_module_that_the_configuration_excludes_is_excused(tmp_path):
    config = FILES["consolidate.toml"].replace("removal-version", 'exclude = ["app/attic/**"]\nremoval-version')
    files = {"app/attic/__init__.py": "", "app/attic/first.py": "from app.old import Old\n"}
    project = make(tmp_path, {"consolidate.toml": config, **files})
    assert ruff(project) == {("app/user.py", 1, 1)}
    assert import_linter(project) == {"app.user"}


def test_of_a_package_that_holds_other_modules_only_the_names_are_banned(tmp_path):
    config = FILES["consolidate.toml"].replace("app.old:Old", "app.box:Old") + "\n[engine.exports]\nlost = false\n"
    files = {
        "consolidate.toml": config,
        "app/box/__init__.py": "class Old:\n    pass\n\n\nlost = 1\n",
        "app/box/thing.py": "x = 1\n",
        "app/user.py": "from app.box.thing import x\n",
        "app/late.py": "from app.box import Old, lost\n",
    }
    project = make(tmp_path, files)
    text = consolidate(project, "export", "--format", "ruff", "--pyproject").stdout
    banned = tomllib.loads(text)["tool"]["ruff"]["lint"]["flake8-tidy-imports"]["banned-api"]
    assert banned == {"app.box.Old": {"msg": "use app.new:New"}, "app.box.lost": {"msg": "it has no successor"}}
    assert ruff(project) == {("app/late.py", 1, 1)}


def test_export_needs_a_format(project):
    assert consolidate(project, "export", code=2).stderr.startswith("error: ")


def test_in_the_migrated_sample_ruff_finds_no_other_files_and_misses_only_what_it_cannot_see(migrated):
    found = printed(migrated, "check", "--format", "json", code=1)["findings"]
    forms: dict[str, set[str]] = {}
    for item in found:
        if item["rule"] == "legacy-reference":
            forms.setdefault(item["path"], set()).add(item["form"])
    seen = {path for path, *_ in ruff(migrated)}
    assert seen
    assert seen <= set(forms)
    strings = {"patch-target", "import-string", "dotted-string", "all-entry"}
    through = {"re-export", "star-import", "name", "call", "attribute", "annotation", "isinstance", "base-class"}
    for path in set(forms) - seen:
        assert forms[path] <= strings | through | {"python2"}, path
        # Who takes the name from a legacy module itself is seen.
        assert "from-import" not in forms[path]
