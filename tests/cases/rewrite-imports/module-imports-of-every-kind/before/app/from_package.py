from app.old import legacy
from app.old.sub import pool as basin

made = legacy.OldEngine("n").run(), legacy.OldEngine
size = basin.OldPool(3), basin.OldPool
