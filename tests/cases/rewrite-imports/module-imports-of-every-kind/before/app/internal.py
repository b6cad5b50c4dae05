from app.old.sub import pool

size = pool.internal(), pool.OldPool(6)
context = pool.Context.user
absent = getattr(pool, "absent", None), hasattr(pool, "OldPool")
