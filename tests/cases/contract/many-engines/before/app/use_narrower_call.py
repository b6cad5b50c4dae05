from app.old.narrower import OldNarrower

made = OldNarrower('call')
