from app.old.far_five import OldFarFive


def go():
    return OldFarFive('cycle').name
