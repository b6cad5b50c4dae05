from app.one import OldEngine
