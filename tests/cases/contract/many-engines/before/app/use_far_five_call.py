from app.old.far_five import OldFarFive

made = OldFarFive('call')
