from app.engine import UserEngine

shadowed = [OldEngine for OldEngine in (1, 2)]
nested = [[UserEngine(a + b).run() for a in "x"] for b in "y"]
first = [n for n in [UserEngine("iter")]]
guard = {n for n in range(3) if n < UserEngine.limit}
made = (lambda OldEngine: OldEngine)(5)
other = (lambda: UserEngine("free").run())()
print(shadowed, nested, first[0].run(), sorted(guard), made, other)
