# coding: latin-1
from app.engine import UserEngine
x = "äöü"; y = UserEngine("é"); z: "UserEngine" = y; print("ÿ", UserEngine.limit, x, z.run(), f"ä{UserEngine.limit}ö{UserEngine('ß').run()}")
