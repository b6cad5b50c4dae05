import app.engine as legacy, app.new.pool as pool

made = legacy.UserEngine("n")
size = pool.capacity_of(pool.Pool.create(label="x", size=1))
