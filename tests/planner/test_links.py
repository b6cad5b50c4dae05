"""Links of documents to files, as Markdown and reStructuredText write them."""

import pytest

from planner.links import links

FILES = {"app/old.py": "app.old", "docs/near.py": "docs.near"}
LINKS = {
    "[text](../app/old.py)": ["../app/old.py"],
    "[text]( ../app/old.py)": ["../app/old.py"],
    "[text](<../app/old.py>)": ["../app/old.py"],
    "[text](../app/old.py#L3)": ["../app/old.py"],
    "[text](../app/old.py?raw=1)": ["../app/old.py"],
    '[text](../app/old.py "title")': ["../app/old.py"],
    "[text](/app/old.py)": ["/app/old.py"],
    "[text](near.py) and [b](./near.py)": ["near.py", "./near.py"],
    "[text](app/old.py)": [],
    "[text](../app/other.py)": [],
    "[label]: ../app/old.py": ["../app/old.py"],
    "   [label]: <../app/old.py>": ["../app/old.py"],
    "    [label]: ../app/old.py": [],
    "a [label]: ../app/old.py": [],
    "`text <../app/old.py>`_": ["../app/old.py"],
    "`text <../app/old.py#here>`_": ["../app/old.py"],
    ".. _name: near.py": ["near.py"],
    ".. include:: ../app/old.py": ["../app/old.py"],
    "text\n.. literalinclude:: ../app/old.py": ["../app/old.py"],
    ".. image:: ../app/old.py": [],
    "../app/old.py": [],
}


@pytest.mark.parametrize(("text", "targets"), LINKS.items())
@pytest.mark.parametrize("path", ["docs/a.md", "docs/a.rst"])
def test_a_link_is_told_with_its_place_and_module(path: str, text: str, targets: list[str]) -> None:
    found = list(links(path, text, FILES))
    assert [item.text for item in found] == targets
    assert [text[item.start : item.end] for item in found] == targets
    assert {(item.kind, item.name) for item in found} <= {("path", "")}
    assert [item.module for item in found] == ["docs.near" if "near" in item else "app.old" for item in targets]


def test_other_files_have_no_links() -> None:
    assert list(links("docs/a.txt", "[text](near.py)", FILES)) == []
    assert list(links("docs/a.md", "[text](near.py)", {})) == []
    assert [item.text for item in links("a.md", "[text](app/old.py)", FILES)] == ["app/old.py"]
