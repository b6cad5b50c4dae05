"""Edits that the proof must accept and wrong edits that it must refuse, as text before and after, by their subject.

The module under proof is `pkg.app.user`. What may change: `ALLOWED`.
"""

from __future__ import annotations

from tests.proof.pairs import calls, imports, modules, names, strings, text
from tests.proof.pairs.allowed import ALLOWED, MODULE

__all__ = ["ACCEPTED", "ALLOWED", "MODULE", "REFUSED"]

ACCEPTED: dict[str, tuple[str, str]] = {
    **imports.ACCEPTED,
    **modules.ACCEPTED,
    **names.ACCEPTED,
    **strings.ACCEPTED,
    **calls.ACCEPTED,
    **text.ACCEPTED,
}

# name: (before, after, part of the reason)
REFUSED: dict[str, tuple[str, str, str]] = {
    **imports.REFUSED,
    **modules.REFUSED,
    **names.REFUSED,
    **strings.REFUSED,
    **calls.REFUSED,
    **text.REFUSED,
}
