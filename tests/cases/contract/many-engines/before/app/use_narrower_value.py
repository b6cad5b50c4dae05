from app.old.narrower import OldNarrower

held = [OldNarrower]
