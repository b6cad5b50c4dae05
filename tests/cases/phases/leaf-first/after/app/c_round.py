import app.d_round
from app.engine import UserEngine
