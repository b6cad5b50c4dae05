class UserEngine:
    def __init__(self, context):
        self.context = context

    @classmethod
    def create(cls, registry, bridge=None, *, user="nobody"):
        return cls((list(registry), bridge, user))

    def show(self):
        return "{} {} {}".format(*self.context)
