"""Run in a process of its own: `run_program.py FOLDER MODULE [checking]` prints what the program says.

With `checking` the program sees what a type checker sees: `typing.TYPE_CHECKING` is true. In both, `typing.cast`
looks up a type that is given as a string, which Python itself never does.
"""

import runpy
import sys
import typing


def cast(kind, value):
    if isinstance(kind, str):
        kind = eval(kind, sys._getframe(1).f_globals, sys._getframe(1).f_locals)
    print("cast to", f"{kind.__module__}:{kind.__qualname__}")
    return value


def main(folder, module, checking=""):
    sys.path.insert(0, folder)
    sys.dont_write_bytecode = True
    typing.TYPE_CHECKING = bool(checking)
    typing.cast = cast
    try:
        runpy.run_module(module, run_name="__main__")
    except BaseException as error:  # noqa: BLE001 - whatever ends a program
        print("!!", type(error).__name__, str(error).replace(folder, ""))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
