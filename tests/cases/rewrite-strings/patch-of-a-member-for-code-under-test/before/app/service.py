from app import deep


def serve():
    return deep.start()
