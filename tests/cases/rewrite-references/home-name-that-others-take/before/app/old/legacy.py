from app.context import Context as Ctx


class OldEngine:
    limit = 3
