from app.old.far_four import OldFarFour

made = OldFarFour('call')
