from app.legacy import OldEngine

r, d = "r", {"k": "v"}
print(OldEngine(lambda: 1, bridge=r if d else None).show()[-9:], OldEngine(d["k"], [1, 2][0], user=not r).show())
print(OldEngine(r := "w", "b").show(), OldEngine("a" "b", r"c", user=f"{r}").show(), OldEngine("é" + "ü").show())
