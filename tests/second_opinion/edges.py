"""`python edges.py ROOT PACKAGE...`: prints grimp's import edges into modules given on stdin, as JSON."""

from __future__ import annotations

import json
import sys

import grimp


def main(packages: list[str], modules: list[str]) -> list[list[object]]:
    """Return rows of importer, imported, line."""
    graph = grimp.build_graph(*packages, cache_dir=None)
    return [
        [importer, module, detail["line_number"]]
        for module in modules
        if module in graph.modules
        for importer in sorted(graph.find_modules_that_directly_import(module))
        for detail in graph.get_import_details(importer=importer, imported=module)
    ]


if __name__ == "__main__":
    root, packages, modules = sys.argv[1], sys.argv[2].split(","), sys.argv[3].split(",")
    sys.path.insert(0, root)
    json.dump(main(packages, modules), sys.stdout)
