from app.factory import make_engine
from app.engine import UserEngine


@make_engine
class Named:
    pass


@UserEngine
def made():
    pass


print(type(Named).limit, made.limit)
