from app.old.legacy import OldEngine

shadowed = [OldEngine for OldEngine in (1, 2)]
nested = [[OldEngine(a + b).run() for a in "x"] for b in "y"]
first = [n for n in [OldEngine("iter")]]
guard = {n for n in range(3) if n < OldEngine.limit}
made = (lambda OldEngine: OldEngine)(5)
other = (lambda: OldEngine("free").run())()
print(shadowed, nested, first[0].run(), sorted(guard), made, other)
