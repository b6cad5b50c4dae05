from app.old.accepted import OldAccepted


def go():
    return OldAccepted('cycle').name
