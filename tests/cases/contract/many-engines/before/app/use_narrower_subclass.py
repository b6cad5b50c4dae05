from app.old.narrower import OldNarrower


class Sub(OldNarrower):
    pass
