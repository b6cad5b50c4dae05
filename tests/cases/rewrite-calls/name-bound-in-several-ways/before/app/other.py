from app.legacy import OldEngine as Made
