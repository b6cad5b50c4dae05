from ...old.legacy import OldEngine as Engine
from . import OldEngine
from .. import deep

print(Engine("a").run(), OldEngine("b").run(), deep.OldEngine("c").run())
