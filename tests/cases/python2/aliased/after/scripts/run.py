from app.engine import UserEngine as Engine
from app.old.legacy import create_engine

try:
    print Engine('a'), create_engine('b')
except Exception, e:
    print e
