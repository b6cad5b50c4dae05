from app.engine import UserEngine as Handed
