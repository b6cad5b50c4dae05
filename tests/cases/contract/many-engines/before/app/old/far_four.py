class OldFarFour:
    name = 1

    def __init__(self, name):
        pass
