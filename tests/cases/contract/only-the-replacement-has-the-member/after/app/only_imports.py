from app.engine import UserEngine  # noqa: F401


def close(service):
    return hasattr(service, "create")
