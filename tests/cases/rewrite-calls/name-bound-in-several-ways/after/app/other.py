from app.engine import UserEngine as Made
