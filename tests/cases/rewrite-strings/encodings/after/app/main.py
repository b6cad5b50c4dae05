# coding: latin-1
TABLE = ["é", "app.engine.UserEngine", "ü"]; print(TABLE[0], len(TABLE))
