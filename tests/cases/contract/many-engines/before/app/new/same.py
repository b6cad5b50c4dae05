class NewSame:
    limit = 3

    def __init__(self, name='n', *, deep=False):
        self.name, self.deep = name, deep
