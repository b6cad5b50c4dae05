"""The small run: what the tool's own dependencies see of themselves, beside the plan for them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.second_opinion.__main__ import Material, gather, judge
from tests.second_opinion.corpus import installed

PACKAGES = ["click", "git", "jinja2", "packaging"]


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Material:
    root = tmp_path_factory.mktemp("second") / "corpus"
    root.mkdir()
    return gather(root, installed(PACKAGES), engines=12)


def test_inventory_python_and_grimp_agree_or_a_rule_says_why_not(material: Material) -> None:
    opinion = judge(material)
    assert opinion.unexplained == []
    # A run that saw nothing would agree with everything.
    assert material.plan["scanned"] > 80
    assert {engine.ranking for engine in material.engines} >= {"class", "function", "re-exported", "module"}
    assert opinion.counts["seen and listed"] > 500
    assert opinion.counts["listed and seen"] > 500
    assert opinion.counts["grimp edges listed"] > 50


def test_a_reference_that_the_plan_does_not_list_is_found(material: Material) -> None:
    rewritten = [item for item in material.plan["references"] if item["form"] in {"call", "annotation", "base-class"}]
    missing = rewritten[len(rewritten) // 2]
    kept = [item for item in material.plan["references"] if item is not missing]
    found = judge(replace(material, plan={**material.plan, "references": kept})).unexplained
    assert len(found) == 1
    assert found[0].startswith(f"{missing['path']}:{missing['line']}:{missing['column']}: saw")


def test_an_import_that_the_plan_does_not_list_is_an_edge_that_grimp_knows(material: Material) -> None:
    by_module = {engine.module: engine.id for engine in material.engines}
    importer, module, line = material.edges[0]
    path = material.truth.modules[importer]
    kept = [item for item in material.plan["references"] if (item["path"], item["engine"]) != (path, by_module[module])]
    found = judge(replace(material, plan={**material.plan, "references": kept})).unexplained
    assert any(item.startswith(f"{path}:{line}: grimp") for item in found)


def test_a_reference_where_python_saw_something_else_is_found(material: Material) -> None:
    engine = material.engines[0]
    other = next(
        item
        for item in material.truth.sightings
        if item.kind == "name" and item.how == "ran" and not item.saw and item.through == "builtin"
    )
    wrong = {"path": other.path, "line": other.line, "column": other.column, "engine": engine.id, "form": "name"}
    wrong |= {"action": "rewritten", "text": engine.name or engine.module, "reason": ""}
    references = [*material.plan["references"], wrong]
    found = judge(replace(material, plan={**material.plan, "references": references})).unexplained
    assert len(found) == 1
    assert found[0].startswith(f"{other.path}:{other.line}:{other.column}: name of {engine.id}")


def test_the_plan_reads_the_repository_and_the_child_imports_it(material: Material) -> None:
    assert (material.root / ".git").is_dir()
    assert all(Path(path).suffix == ".py" for path in material.truth.modules.values())
