from app.engine import UserEngine as Engine
from app.factory import make_engine

try:
    print Engine('a'), make_engine('b')
except Exception, e:
    print e
