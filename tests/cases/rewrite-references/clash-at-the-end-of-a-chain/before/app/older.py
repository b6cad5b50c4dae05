from app.old.legacy import create_engine as build


class OlderEngine:
    limit = 3
