# coding: latin-1
from app.old.legacy import OldEngine
x = "äöü"; y = OldEngine("é"); z: "OldEngine" = y; print("ÿ", OldEngine.limit, x, z.run(), f"ä{OldEngine.limit}ö{OldEngine('ß').run()}")
