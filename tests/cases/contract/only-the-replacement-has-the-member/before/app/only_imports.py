from app.old.legacy import OldEngine  # noqa: F401


def close(service):
    return hasattr(service, "create")
