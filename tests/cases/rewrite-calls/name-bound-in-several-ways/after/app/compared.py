import app.typed as typed

if typed is None:
    from app import other as typed
from app.engine import UserEngine

made = UserEngine.create("c", None, user='nobody')
print(isinstance(made, typed.OldEngine))
