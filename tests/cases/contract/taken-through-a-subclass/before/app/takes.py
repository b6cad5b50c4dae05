from app.plain import Plain, Other


class G(Plain):
    pass
