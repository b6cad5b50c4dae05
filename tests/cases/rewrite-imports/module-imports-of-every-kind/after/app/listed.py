from app import engine as legacy

__all__ = ["legacy", "made"]
made = legacy.UserEngine("n")
