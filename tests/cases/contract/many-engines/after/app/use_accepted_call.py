from app.new.accepted import NewAccepted

made = NewAccepted('call')
