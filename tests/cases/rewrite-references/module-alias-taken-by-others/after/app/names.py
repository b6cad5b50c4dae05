from app.engine import UserEngine

Engine = UserEngine
Default = UserEngine("default")
