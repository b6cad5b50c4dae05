"""Functions and classes as business code has them, for generated files."""

from __future__ import annotations

import random

NOUNS = """\
account amount answer batch bucket budget cache channel client column company counter customer delivery
detail device document entry event factor field filter folder group handler header index invoice item label
ledger limit locale margin market member message metric model network notice number option order owner
package page partner payload payment period permission policy price product profile project quota range
rating reason record region report request result route sample schedule scope section segment sender service
session shipment signal source stage status stock stream subject supplier tariff team tenant ticket token
topic tracker transfer vendor
"""
WORDS = tuple(NOUNS.split())


def piece(chance: random.Random, index: int) -> str:
    """Return a class or a function of some hundred bytes, as business code has them."""
    words = chance.sample(WORDS, 6)
    a, b, c, d, e, f = words
    if index % 3 == 0:
        methods = "".join(
            f"""
    def {verb}_{c}(self, {d}, *, {e}=None):
        \"\"\"Return the {c} of a {d}; {chance.choice(WORDS)} is left as it is.\"\"\"
        if {e} is None:
            {e} = self.{b}.get({d}, {chance.randint(1, 999)})
        return [{f} for {f} in self.{a}s if {f} != {e} and {f} is not {d}]
"""
            for verb in chance.sample(("find", "load", "merge", "send", "store", "update"), chance.randint(2, 5))
        )
        return f'''
class {a.title()}{b.title()}{index}:
    """Keeps each {a} with its {b}."""

    def __init__(self, {a}s, {b}=None):
        self.{a}s = list({a}s)
        self.{b} = {b} or {{}}
{methods}'''
    loops = "".join(
        f"""    for {f}, {e} in sorted({b}.items()):
        if {e}.get("{word}", {chance.randint(1, 99)}) > {c}:
            totals["{word}"] += {chance.randint(1, 9)} * len({f})
"""
        for word in chance.sample(WORDS, chance.randint(1, 5))
    )
    return f'''
def {a}_{b}_{index}({b}, {c}=0, *, {d}=False):
    """Count every {a} by its {b}; {d} as {chance.choice(WORDS)}."""
    totals = defaultdict(int)
{loops}    logger.debug("%s: %s", "{a}", json.dumps(totals))
    return dict(totals) if {d} else sum(totals.values())
'''
