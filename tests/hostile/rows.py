"""One bad input: what is done to a good repository, what the program is asked for, and what it must answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.hostile.world import World


@dataclass(frozen=True, slots=True)
class Row:
    """`make` spoils a repository of one commit with a saved plan; `words` then end with `code` and a line that `says`.

    `needs` names what the machine must offer ("no root"), or is "".
    """

    name: str
    make: Callable[[World], object]
    says: str
    code: int = 2
    words: tuple[str, ...] = ("plan",)
    needs: str = ""
