from app.old import OldEngine
x = = 1
