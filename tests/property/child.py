"""The other process: imports and runs generated packages, and says what they saw.

Reads one JSON object a line from stdin, `{"root": folder, "top": name, "modules": [...]}`, and answers each with one:
`alone` (how each module loads by itself), `seen` (what all of them recorded), `typed` (the same for a type checker, for
which TYPE_CHECKING is true). Nothing of a package is left behind: its modules are dropped after each run.
"""

import importlib
import importlib.machinery
import json
import sys
import typing
import warnings
from typing import Any

_CODE: dict[tuple[str, bytes], Any] = {}
_plain = importlib.machinery.SourceFileLoader.source_to_code


def _compile(self: Any, data: Any, path: Any, *, _optimize: int = -1) -> Any:
    # The same file in another folder is the same code: what a phase leaves alone is compiled once.
    key = (self.name, bytes(data))
    if key not in _CODE:
        _CODE[key] = _plain(self, data, path, _optimize=_optimize)
    return _CODE[key]


def _drop(top: str) -> None:
    for name in list(sys.modules):
        if name == top or name.startswith(f"{top}."):
            del sys.modules[name]


def _load(name: str) -> str:
    try:
        importlib.import_module(name)
    except BaseException as error:  # noqa: BLE001 - whatever a module raises is its answer
        return f"{type(error).__name__}: {error}"
    return ""


def _run(top: str, modules: list[str]) -> dict[str, Any]:
    _drop(top)
    failed = {name: why for name in modules if (why := _load(name))}
    recorder = sys.modules.get(f"{top}.recorder")
    seen: list[Any] = recorder.SEEN if recorder else []
    for name in modules:
        module = sys.modules.get(name)
        for probe in sorted(key for key in dir(module) if module and key.startswith("probe_")):
            function = getattr(module, probe)
            if function.__module__ != name:
                continue
            recorded = len(seen)
            try:
                function()
            except BaseException as error:  # noqa: BLE001
                del seen[recorded:]
                seen.append([probe.partition("_")[2], f"{type(error).__name__}", [str(error)]])
    return {"failed": failed, "seen": seen}


def answer(order: dict[str, Any]) -> dict[str, Any]:
    top, modules = order["top"], order["modules"]
    sys.path.insert(0, order["root"])
    importlib.invalidate_caches()
    try:
        alone = {}
        for name in modules:
            _drop(top)
            alone[name] = _load(name)
        seen = _run(top, modules)
        vars(typing)["TYPE_CHECKING"] = True
        typed = _run(top, modules)
    finally:
        vars(typing)["TYPE_CHECKING"] = False
        sys.path.remove(order["root"])
        _drop(top)
    return {"alone": alone, **seen, "typed": typed}


def main() -> None:
    warnings.simplefilter("ignore")
    setattr(importlib.machinery.SourceFileLoader, "source_to_code", _compile)  # noqa: B010 - a method is replaced
    sys.dont_write_bytecode = True
    out, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        if len(_CODE) > 5000:
            _CODE.clear()
        print(json.dumps(answer(json.loads(line))), file=out, flush=True)


if __name__ == "__main__":
    main()
