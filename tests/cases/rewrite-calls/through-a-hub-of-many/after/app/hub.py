from .engine import UserEngine as OldEngine
