from app.old.wanting import Wanting


def g():
    w = Wanting()
    w.pause()
    return w.state
