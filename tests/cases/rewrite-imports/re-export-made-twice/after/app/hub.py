from app.engine import UserEngine

kept = UserEngine("kept")
