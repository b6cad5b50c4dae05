try:
    from app import hub
except ImportError:
    from app import other as hub
made = hub.OldEngine("n")


def again(given=None):
    from app import hub as module

    if given:
        module = given
    return module.OldEngine("m")
