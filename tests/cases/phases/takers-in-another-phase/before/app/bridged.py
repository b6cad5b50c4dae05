from app.old.pool import OldPool as Basin, limit_of as limit

made = Basin(1)
