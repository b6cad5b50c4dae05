import app.c_round
from app.engine import UserEngine
