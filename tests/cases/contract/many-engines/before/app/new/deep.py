class Root:
    def __init__(self, name='n'):
        self.name = name
