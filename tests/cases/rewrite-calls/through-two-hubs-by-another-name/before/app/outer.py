from app.hub import OldEngine as Handed
