class Plain:
    def __init__(self, left):
        self.left = left
