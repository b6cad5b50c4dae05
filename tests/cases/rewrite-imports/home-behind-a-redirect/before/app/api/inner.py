class Facade:
    pass
