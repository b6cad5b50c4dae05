from app.second import Motor

print(Motor("a").extra())
