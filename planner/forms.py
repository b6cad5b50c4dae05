"""The forms of reference, as a table: id, what it looks like, and whether it is code.

A code reference is resolved by Python or by a tool at run time, so a shim may not go while one is left; the others
are mentions that a person reads.
"""

from __future__ import annotations

from typing import NamedTuple


class Form(NamedTuple):
    """One row of the table."""

    description: str
    code: bool


FORMS: dict[str, Form] = {
    "from-import": Form("from package.module import Name", True),
    "module-import": Form("import package.module, from package import module", True),
    "star-import": Form("from package.module import *", True),
    "re-export": Form("from importer import Name, where the importer took it from a legacy module", True),
    "name": Form("Name", True),
    "call": Form("Name(...)", True),
    "base-class": Form("class Sub(Name)", True),
    "isinstance": Form("isinstance(value, Name), issubclass(cls, Name)", True),
    "except": Form("except Name", True),
    "annotation": Form("value: Name", True),
    "quoted-annotation": Form('value: "Name"', True),
    "decorator": Form("@Name", True),
    "attribute": Form("module.Name", True),
    "member": Form("something.Name, where something cannot be told", False),
    "all-entry": Form('__all__ = ["Name"]', True),
    "patch-target": Form('mock.patch("package.module.Name"), monkeypatch.setattr("package.module.Name", ...)', True),
    "import-string": Form('importlib.import_module("package.module"), sys.modules["package.module"]', True),
    "dotted-string": Form('"package.module.Name"', True),
    "path-string": Form('"package/module.py"', False),
    "code-string": Form('"from package.module import Name"', False),
    "string": Form('"... Name ..."', False),
    "docstring": Form("a docstring that names it", False),
    "comment": Form("# ... Name ...", False),
    "text-dotted": Form("package.module.Name in a document or a settings file", False),
    "text-code": Form("a Python block in a document", False),
    "text-path": Form("package/module.py in a document or a settings file", False),
    "text": Form("Name in a document or a settings file", False),
    "python2": Form("an import, a name or a call in a Python 2 file", True),
    "unreadable": Form("a mention in a file that no parser reads", False),
}


def is_code(form: str) -> bool:
    """Tell whether references of this form are resolved at run time."""
    return FORMS[form].code
