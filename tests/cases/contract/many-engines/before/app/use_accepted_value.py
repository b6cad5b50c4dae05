from app.old.accepted import OldAccepted

held = [OldAccepted]
