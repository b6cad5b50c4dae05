from app.old.derived import OldDerived

made = OldDerived('call')
