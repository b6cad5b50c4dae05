import app.far_3


class NewFarFive:
    name = 1

    def __init__(self, name):
        pass
