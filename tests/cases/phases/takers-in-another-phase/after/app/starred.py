from app.engine import UserEngine as OldEngine

made = OldEngine("starred")
