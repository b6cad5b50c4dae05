def go():
    from app.new.far_seven import NewFarSeven

    return NewFarSeven('late').name
