import app.old.legacy as legacy, app.old.sub.pool as pool

made = legacy.OldEngine("n")
size = pool.limit_of(pool.OldPool(1, "x"))
