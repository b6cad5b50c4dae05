from app.old.legacy import OldEngine as Engine, create_engine

try:
    print Engine('a'), create_engine('b')
except Exception, e:
    print e
