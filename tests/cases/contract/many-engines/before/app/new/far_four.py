import app.far_1


class NewFarFour:
    name = 1

    def __init__(self, name):
        pass
