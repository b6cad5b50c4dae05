from app.old import helpers, legacy
import app.old.pool as pool

made = legacy.OldEngine("modules")
basin = pool.OldPool(6, label=helpers.helper())
