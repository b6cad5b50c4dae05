"""Run by the Python that has Bowler: `with_bowler.py MOVES FILE...`, MOVES being JSON, `module:old` to `module:new`.

The selectors that the documentation has for it: the module, and the class under its name. Without `select_var` a class
that is not called keeps its old name.
"""

import json
import sys

from bowler import Query


def main(moves: str, *paths: str) -> int:
    code = 0
    for old, new in json.loads(moves).items():
        (old_module, old_name), (new_module, new_name) = old.split(":"), new.split(":")
        query = Query(list(paths)).select_module(old_module).rename(new_module)
        if old_name != new_name:
            query = query.select_class(old_name).rename(new_name).select_var(old_name).rename(new_name)
        code |= query.execute(interactive=False, write=True, silent=True, in_process=True).retcode or 0
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
