"""The Netra backend, at small scale."""
