from app.new.accepted import NewAccepted

held = [NewAccepted]
