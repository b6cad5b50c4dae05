from app.old.second import SecondEngine

print(SecondEngine("e").name)
