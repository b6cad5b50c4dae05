from app.old.far_seven import OldFarSeven


def go():
    return OldFarSeven('cycle').name
