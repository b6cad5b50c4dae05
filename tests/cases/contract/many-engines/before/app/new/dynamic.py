class NewDynamic:
    def __init__(self, name='n'):
        self.name = name
