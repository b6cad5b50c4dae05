from app.pool import Pool as OldPool, capacity_of as limit_of

made = OldPool.create('p', 5)
