from app.engine import UserEngine
import app.one
