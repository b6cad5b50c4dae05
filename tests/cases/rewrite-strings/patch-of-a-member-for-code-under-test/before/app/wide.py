def serve():
    from app import keeps, wide_moves

    return keeps.start(), wide_moves.start()
