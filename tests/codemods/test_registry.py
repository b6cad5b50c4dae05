"""The table of codemods and the ids that a configuration may name are one list."""

import pytest

from codemods.registry import CODEMODS
from planner import config


def test_the_planner_knows_the_ids_of_the_registry():
    assert set(config.CODEMODS) == set(CODEMODS)


def test_an_unknown_codemod_is_told_with_the_nearest():
    table = {
        "migration": {"name": "m", "target": "a.b:New"},
        "engine": [{"legacy": "a.c:Old"}],
        "phase": [{"title": "Imports", "codemods": ["rewrite-import"]}],
    }
    with pytest.raises(config.ConfigError) as error:
        config.parse(table)
    assert error.value.where == "phase[1].codemods"
    assert "rewrite-imports" in error.value.hint
