# coding: latin-1
TABLE = ["é", "app.old.legacy.OldEngine", "ü"]; print(TABLE[0], len(TABLE))
