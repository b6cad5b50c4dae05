from app.legacy import OldEngine

log = []


def effect(value):
    log.append(value)
    return value


print(OldEngine(bridge=effect("b"), registry=effect("r")).show(), log)
