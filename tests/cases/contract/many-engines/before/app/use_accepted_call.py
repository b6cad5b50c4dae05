from app.old.accepted import OldAccepted

made = OldAccepted('call')
