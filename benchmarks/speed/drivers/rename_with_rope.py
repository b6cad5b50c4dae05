"""Rename a class with rope and write nothing: `python rename_with_rope.py CHECKOUT FILE CLASS NEW [--ignore]`.

With --ignore, files that don't parse are left out; by default rope refuses to go on.
"""

import sys
from pathlib import Path

from rope.base.project import Project
from rope.refactor.rename import Rename


def main() -> int:
    checkout, file, name, new, *options = sys.argv[1:]
    project = Project(checkout, ropefolder=None, ignore_syntax_errors="--ignore" in options)
    offset = (Path(checkout) / file).read_text(encoding="utf-8").index(f"class {name}") + len("class ")
    changes = Rename(project, project.get_resource(file), offset).get_changes(new)
    print(len(changes.changes), "files would change")
    return 0


if __name__ == "__main__":
    sys.exit(main())
