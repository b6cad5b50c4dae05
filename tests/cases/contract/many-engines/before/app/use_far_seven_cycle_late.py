def go():
    from app.old.far_seven import OldFarSeven

    return OldFarSeven('late').name
