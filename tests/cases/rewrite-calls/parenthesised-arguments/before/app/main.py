from app.legacy import OldEngine

r = "r"
print(OldEngine((r), ("b")).show(), OldEngine(((r)), user=(  "u" )).show())
print(OldEngine( r , "b" , ).show(), OldEngine (r).show(), OldEngine((r, 1)[0]).show(), OldEngine(("t",)).show())
