try:
    from app import hub
except ImportError:
    from app import other as hub
made = hub.OldEngine("r", "b")
