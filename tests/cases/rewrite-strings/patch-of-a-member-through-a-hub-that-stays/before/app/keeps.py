from app import hub


class Sub(hub.Ruled):
    pass
