from app.old.dynamic import OldDynamic

made = OldDynamic('call')
