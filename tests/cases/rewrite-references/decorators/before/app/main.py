from app.old.legacy import create_engine, OldEngine


@create_engine
class Named:
    pass


@OldEngine
def made():
    pass


print(type(Named).limit, made.limit)
