from app.old.fixed import OldFixed

made = OldFixed('call')
