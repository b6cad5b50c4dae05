from app.old.to_function import OldToFunction


class Sub(OldToFunction):
    pass
