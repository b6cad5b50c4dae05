from app.old.legacy import OldEngine

engine = OldEngine()
answer = engine.create(user_id="u") if hasattr(engine, "create") else "no create"
