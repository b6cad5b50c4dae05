class NewStatic:
    name = 'n'

    def __init__(self):
        self.limit = 4

    def __call__(self, a, b):
        return a

    @property
    def extra(self):
        return 5
