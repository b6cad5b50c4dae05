"""Docstrings, `__all__` and the places of imported names, as one pass over a file tells them."""

from planner.facts import FileFacts, Interest
from planner.scan import scan


def facts(source: str) -> FileFacts:
    return scan("x.py", source.encode(), Interest(frozenset({"Old"}), frozenset()))


def test_only_the_first_statement_is_a_docstring() -> None:
    for source, role in {
        '"""Old"""\nx = 1\n': "docstring",
        'x = 1\n"""Old"""\n': "",
        'def f():\n    """Old"""\n    x = 1\n': "docstring",
        'def f():\n    x = 1\n    """Old"""\n': "",
        'class A:\n    """Old"""\n    x = 1\n': "docstring",
        'class A:\n    x = 1\n    """Old"""\n': "",
    }.items():
        assert [item.role for item in facts(source).texts] == [role], source


def test_all_is_told_where_it_is_literal() -> None:
    assert facts("x = 1\n").all_names is None
    assert facts("__all__ = ['Old', 'b']\n").all_names == ("Old", "b")
    assert facts("__all__ = ['Old']\n__all__ += ['b']\n").all_names == ("Old", "b")
    assert facts("__all__: list[str] = ['Old']\n").all_names == ("Old",)
    assert facts("__all__ = names()\n").all_names is None
    assert facts("__all__ = ['Old', other]\n").all_names is None


def test_an_imported_name_has_its_line_and_column() -> None:
    source = "import a; from b import c\nif 1:\n    from d import (\n        Old as E, f,\n    )\n"
    found = [(item.name or item.module, item.line, item.column) for item in facts(source).aliases]
    assert found == [("a", 1, 7), ("c", 1, 24), ("Old", 4, 8), ("f", 4, 18)]
