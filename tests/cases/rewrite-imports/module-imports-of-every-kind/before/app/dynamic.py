from app.old import legacy

made = legacy.OldEngine("n")
names = sorted(globals())
