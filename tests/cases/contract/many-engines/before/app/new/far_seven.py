from app import far_6


class NewFarSeven:
    name = 1

    def __init__(self, name):
        pass
