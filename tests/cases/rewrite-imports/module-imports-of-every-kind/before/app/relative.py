from .old import legacy as engine, helpers
from .old.sub import pool

size = pool.limit_of(pool.OldPool(4))
made = [engine.OldEngine("n")]
level = helpers.LEVEL, helpers.helper()
