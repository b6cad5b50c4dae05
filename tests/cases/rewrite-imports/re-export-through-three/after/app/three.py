from app.engine import UserEngine as Engine
