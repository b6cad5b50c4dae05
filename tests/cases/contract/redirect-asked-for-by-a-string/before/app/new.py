class New:
    def __init__(self, left=0):
        self.left = left
