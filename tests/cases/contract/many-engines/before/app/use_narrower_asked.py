from app.old.narrower import OldNarrower


def go():
    return getattr(OldNarrower('n'), 'stop')()
