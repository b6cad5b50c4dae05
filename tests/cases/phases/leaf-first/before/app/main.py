import app.b_leaf
import app.c_round
print('main')
