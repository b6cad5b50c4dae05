class NewToClass:
    def __init__(self, name='n'):
        self.name = name
