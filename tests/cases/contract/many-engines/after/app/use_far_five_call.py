from app.new.far_five import NewFarFive

made = NewFarFive('call')
