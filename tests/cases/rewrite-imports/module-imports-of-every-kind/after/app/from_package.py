from app import engine
from app.old.sub import pool as basin

made = engine.UserEngine("n").run(), engine.UserEngine
size = basin.OldPool(3), basin.OldPool
