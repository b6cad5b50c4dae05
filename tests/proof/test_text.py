"""The proof of documents and settings: what was agreed passes, anything else does not."""

import pytest

from consolidate.proof import Allowed
from consolidate.proof.text import prove_text

OLD, NEW = "app.old.OldEngine", "app.engine.UserEngine"
ALLOWED = Allowed(
    moves=((OLD, NEW),), strings=((OLD, NEW), ("app.old:OldEngine", "app.engine:UserEngine"), ("two.Engine", NEW))
)

AGREED = [
    ("a.toml", f'a = "{OLD}" # {OLD}\n', f'a = "{NEW}" # {OLD}\n'),
    ("a.json", f'{{"a": ["{OLD}", 1.0]}}', f'{{"a": ["{NEW}", 1.0]}}'),
    ("a.ini", "[a]\nb = app.old:OldEngine\n", "[a]\nb = app.engine:UserEngine\n"),
    ("a.yaml", f"a: {OLD}\nb: {OLD}\n", f"a: {NEW}\nb: {OLD}\n"),
    ("a.md", f"See `{OLD}`.\n", f"See `{NEW}`.\n"),
    (
        "a.md",
        "```python\nfrom app.old import OldEngine\nOldEngine()\n```\n",
        "```python\nfrom app.engine import UserEngine\nUserEngine()\n```\n",
    ),
    (
        "a.rst",
        ".. code:: python\n   :linenos:\n\n   from app.old import OldEngine\n\nEnd.\n",
        ".. code:: python\n   :linenos:\n\n   from app.engine import UserEngine\n\nEnd.\n",
    ),
    (
        "a.rst",
        ">>> from app.old import OldEngine\n>>> OldEngine\n<OldEngine>\n",
        ">>> from app.engine import UserEngine\n>>> UserEngine\n<OldEngine>\n",
    ),
]
REFUSED = [
    ("a.toml", f'a = "{OLD}"\n', f'a = "{NEW}" \n', "more than the agreed names"),
    ("a.toml", f"{OLD} = 1\ntwo.Engine = 2\n", f"{NEW} = 1\n{NEW} = 2\n", "no longer be read"),
    ("a.json", f'{{"{OLD}": 1, "two.Engine": 2}}', f'{{"{NEW}": 1, "{NEW}": 2}}', "stand twice"),
    ("a.ini", f"[{OLD}]\n[two.Engine]\n", f"[{NEW}]\n[{NEW}]\n", "no longer be read"),
    ("a.yaml", f"{OLD}: 1\ntwo.Engine: 2\n", f"{NEW}: 1\n{NEW}: 2\n", "stand twice"),
    ("a.yaml", f"a: {OLD}\n", f"b: {NEW}\n", "more than the agreed names"),
    ("a.txt", f"my{OLD}", f"my{NEW}", "more than the agreed names"),
    ("a.md", "OldEngine\n", "UserEngine\n", "more than the agreed names"),
    ("a.md", "```python\nOldEngine\n```\n", "```python\nUserEngine\n```\n", ""),
    ("a.md", "```python\nif\n```\n", "```python\nwhile\n```\n", "no Python"),
    ("a.md", "```python\nx\n```\n", "```py\nx\n```\n", "more than the agreed names"),
    ("a.rst", ">>> x\n1\n", ">>> x\n2\n", "prints"),
    (
        "a.md",
        "```python\nfrom app.old import OldEngine\nOldEngine()\n```\n",
        "```python\nfrom app.engine import UserEngine\nOldEngine()\n```\n",
        "",
    ),
]


@pytest.mark.parametrize(("path", "old", "new"), AGREED)
def test_what_was_agreed_is_proved(path: str, old: str, new: str) -> None:
    assert prove_text(path, old.encode(), new.encode(), ALLOWED) is None


@pytest.mark.parametrize(("path", "old", "new", "reason"), REFUSED)
def test_anything_else_is_refused(path: str, old: str, new: str, reason: str) -> None:
    failure = prove_text(path, old.encode(), new.encode(), ALLOWED)
    assert failure is not None
    assert reason in failure.reason


def test_a_name_that_becomes_something_else_than_a_name_is_refused() -> None:
    allowed = Allowed(strings=((OLD, "app.engine UserEngine"),))
    assert prove_text("a.yaml", f"a: {OLD}".encode(), b"a: app.engine UserEngine", allowed) is not None
