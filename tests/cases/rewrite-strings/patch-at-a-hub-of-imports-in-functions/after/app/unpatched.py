from app.engine import UserEngine
