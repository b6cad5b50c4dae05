from app import reads, sets, sets_by_name

print(reads.engine.retries, sets.engine.limit, sets_by_name.engine.limit)
