from app.engine import UserEngine as OldEngine
