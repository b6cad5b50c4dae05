class OldEngineFactory:
    pass
