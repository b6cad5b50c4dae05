"""Real files keep every byte outside the edits; generated repositories are reverted as was predicted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fidelity.files import compare, splice, undoing
from tests.fidelity.plant import HEADS, LAYOUTS
from tests.fidelity.program import attempt, plain_git
from tests.fidelity.repositories import WrongError, judge

FILES = 145
SEEDS = range(4)


@pytest.fixture(autouse=True)
def _git(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with plain_git(tmp_path_factory.mktemp("home")):
        yield


def test_real_files_keep_every_byte_outside_the_edits(tmp_path: Path) -> None:
    root = tmp_path / "repository"
    root.mkdir()
    found = compare(root, FILES)
    assert not found.wrong
    # What this shows is worth something only if the references were found, in every form and every layout.
    assert found.counts["files changed"] > 0.85 * FILES
    assert found.counts["edits"] > 4 * FILES
    assert found.counts["in a function: edited"] > FILES // 2
    for kind in [f"head {form}" for form in range(len(HEADS))] + sorted(set(LAYOUTS) - {"as it is"}):
        assert found.counts[f"{kind}: edited"], kind


def test_the_splice_of_the_comparison_sees_what_does_not_fit() -> None:
    spans = [(2, 4, b"cd", b"X"), (6, 6, b"", b"YZ")]
    assert splice(b"abcdefgh", spans) == b"abXefYZgh"
    assert splice(b"abXefYZgh", undoing(spans)) == b"abcdefgh"
    assert splice(b"abCdefgh", spans) != b"abXefYZgh"
    assert splice(b"abcdefgh", [(2, 4, b"cd", b""), (3, 5, b"de", b"")]) == b"the edits don't fit"


@pytest.mark.parametrize("seed", SEEDS)
def test_reverts_are_predicted_and_lead_back(tmp_path: Path, seed: int) -> None:
    counts = judge(seed, tmp_path)
    assert counts["phases"]
    assert counts["reverted newest first and applied again"] == 1
    # Nobody but the order of the phases may stand in the way of what git would merge.
    assert not counts["refused, and git would merge it"]


def test_a_wrong_prediction_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A revert that forgets a file is not what git makes of it."""
    from consolidate.gitstep import revert

    real = revert._invert

    def forgetful(*arguments: object) -> revert.Inverse:
        inverse = real(*arguments)  # type: ignore[arg-type]
        return revert.Inverse(inverse.commit, inverse.files[1:], inverse.merged, inverse.blocked)

    monkeypatch.setattr(revert, "_invert", forgetful)
    with pytest.raises(WrongError):
        judge(3, tmp_path)
    assert attempt(tmp_path, "fsck").returncode == 0
