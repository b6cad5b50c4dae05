try:
    from app.old import legacy
except ImportError:
    import app.engine as legacy
made = legacy.OldEngine("n")
