"""Results that are remembered, and those that cannot be."""

from pathlib import Path

from consolidate.cache.codec import Codec
from consolidate.cache.memo import Memo
from consolidate.cache.store import Store

TEXT: Codec[str] = Codec(str)


def test_a_value_that_cannot_be_written_is_made_anew_each_time(tmp_path: Path) -> None:
    made: list[int] = []

    def values(memo: Memo) -> list[str]:
        def compute(todo: object) -> list[str]:
            assert isinstance(todo, list)
            made.extend(todo)
            return [("plain", "\ud800")[index] for index in todo]

        return memo.results(TEXT, [memo.key("kind", "a"), memo.key("kind", "b")], compute)

    for _ in range(2):
        with Store(tmp_path / "facts.sqlite") as store:
            assert values(Memo(store)) == ["plain", "\ud800"]
    assert made == [0, 1, 1]
