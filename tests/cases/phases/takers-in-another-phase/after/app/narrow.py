import app.wide_one
from app.engine import UserEngine


def local():
    from app.engine import EngineError

    try:
        raise EngineError
    except EngineError:
        return UserEngine("narrow").run()
