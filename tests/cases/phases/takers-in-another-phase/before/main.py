import importlib

import app.aliased, app.bridged, app.modules, app.narrow_taker, app.renamed, app.starred
from app import narrow, late, early, wide_one, wide_four

for name in ("renamed", "aliased", "bridged", "bridged_by_its_helper", "starred", "starred_pool", "starred_limit", "modules"):
    print(importlib.import_module(f"tests.test_{name}").test_it())
from tests import test_patches

print(test_patches.test_early(), test_patches.test_late(), test_patches.test_renamed())
print(app.aliased.made.run(), app.modules.basin.label, app.narrow_taker.made.name, app.starred.made.name)
print(narrow.local(), late.late(), late.later(), early.early(), wide_one.one()[0], wide_four.four()[2].name)
