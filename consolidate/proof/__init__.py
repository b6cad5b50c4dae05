"""The proof and the gates: whether edits keep what files mean, told by code that shares nothing with what edits.

`prove` compares an edited Python file with the old one, `prove_tokens` one that `ast` does not read, `prove_shim` and
`prove_insertion` what stays at a legacy path. `newly_unbound`, `newly_dangling` and `new_cycles` compare a whole
repository before and after. Only the standard library and the structs of msgspec are used, and nothing under proof is
imported or run.
"""

from consolidate.proof.allowed import Allowed, CallRule, Failure
from consolidate.proof.cycles import Cycle, import_cycles, new_cycles
from consolidate.proof.dangling import Dangling, dangling, newly_dangling
from consolidate.proof.imports import Imported, ModuleFacts, facts
from consolidate.proof.insertion import prove_insertion
from consolidate.proof.names import Unbound, newly_unbound, unbound
from consolidate.proof.python2 import prove_tokens
from consolidate.proof.shim import Shim, prove_shim, served_names
from consolidate.proof.tree import prove

__all__ = [
    "Allowed",
    "CallRule",
    "Cycle",
    "Dangling",
    "Failure",
    "Imported",
    "ModuleFacts",
    "Shim",
    "Unbound",
    "dangling",
    "facts",
    "import_cycles",
    "new_cycles",
    "newly_dangling",
    "newly_unbound",
    "prove",
    "prove_insertion",
    "prove_shim",
    "prove_tokens",
    "served_names",
    "unbound",
]
