from app.old.narrower import OldNarrower


def made():
    return OldNarrower('call', 2)
