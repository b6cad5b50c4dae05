"""The proof: whether edits keep what a file means, told by code that shares nothing with the code that edits."""

from consolidate.proof.allowed import Allowed, CallRule, Failure
from consolidate.proof.tree import prove

__all__ = ["Allowed", "CallRule", "Failure", "prove"]
