from app.engine import UserEngine, EngineError

made = UserEngine("renamed")
