from app.old.far_four import OldFarFour


def go():
    return OldFarFour('cycle').name
