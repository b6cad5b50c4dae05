import app.typed as typed

if typed is None:
    from app import other as typed
from app.legacy import OldEngine

made = OldEngine("c")
print(isinstance(made, typed.OldEngine))
