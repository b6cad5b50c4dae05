from app.engine import UserEngine

r, d = "r", {"k": "v"}
print(UserEngine.create(lambda: 1, r if d else None, user='nobody').show()[-9:], UserEngine.create(d["k"], [1, 2][0], user=not r).show())
print(UserEngine.create(r := "w", "b", user='nobody').show(), UserEngine.create("a" "b", r"c", user=f"{r}").show(), UserEngine.create("é" + "ü", None, user='nobody').show())
