"""Run by the Python that has rope, in the program's folder: move the class to the new module, then rename it.

In this order more programs are right than in the other, in which the new name clashes with what importers have.
"""

import sys

from rope.base.project import Project
from rope.refactor.move import create_move
from rope.refactor.rename import Rename


def main() -> int:
    project = Project(".", ropefolder=None, ignore_syntax_errors=True)
    legacy, engine = project.get_resource("app/old/legacy.py"), project.get_resource("app/engine.py")
    move = create_move(project, legacy, legacy.read().index("class OldEngine") + len("class "))
    project.do(move.get_changes(engine))
    rename = Rename(project, engine, engine.read().index("class OldEngine") + len("class "))
    project.do(rename.get_changes("UserEngine"))
    project.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
