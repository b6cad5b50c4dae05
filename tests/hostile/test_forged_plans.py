"""Forged plan files: refused, or what is applied is what the genuine plan does (`python -m tests.hostile` for more)."""

from __future__ import annotations

import pytest

from consolidate.plans import Plans
from tests.hostile.conftest import isolate
from tests.hostile.forgery import Court, summary
from tests.hostile.mutate import MUTATIONS

SEED = 7


@pytest.fixture(scope="module")
def court(home, tmp_path_factory) -> Court:
    with pytest.MonkeyPatch.context() as patch:
        isolate(patch, home)
        return Court(tmp_path_factory.mktemp("court"))


@pytest.mark.parametrize("plans", [28, pytest.param(280, marks=pytest.mark.slow)])
def test_no_forged_plan_is_believed(court, plans):
    verdicts = list(court.try_many(SEED, range(plans)))
    assert [verdict for verdict in verdicts if verdict.wrong] == []
    assert {verdict.kind for verdict in verdicts} == set(MUTATIONS)
    refused = sum(verdict.end.startswith("refused") for verdict in verdicts)
    assert refused > plans // 2, summary(verdicts)


def test_the_judge_sees_a_plan_that_is_believed(court, monkeypatch):
    monkeypatch.setattr(Plans, "_compare", lambda *_: None)
    verdicts = []
    for number in range(4, 14):
        verdicts.append(court.try_one(SEED, number, "inventions"))
        if "another tree" in verdicts[-1].wrong:
            return
    pytest.fail(summary(verdicts))
