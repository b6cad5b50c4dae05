from app import engine as legacy

made = legacy.UserEngine("n")
names = sorted(globals())
