from app.pool import Pool as Basin, capacity_of as limit

made = Basin.create('p', 1)
