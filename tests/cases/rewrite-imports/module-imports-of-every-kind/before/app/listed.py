from app.old import legacy

__all__ = ["legacy", "made"]
made = legacy.OldEngine("n")
