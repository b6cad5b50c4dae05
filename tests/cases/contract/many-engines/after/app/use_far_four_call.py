from app.new.far_four import NewFarFour

made = NewFarFour('call')
