print('no legacy module, no importer')
