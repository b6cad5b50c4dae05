from app.narrow import OldEngine

made = OldEngine("narrow taker")
