from app import engine
from .new import helpers
from .new import pool

size = pool.capacity_of(pool.Pool.create(label='p', size=4))
made = [engine.UserEngine("n")]
level = helpers.LEVEL, helpers.helper()
