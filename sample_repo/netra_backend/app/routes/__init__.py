"""Routes: plain functions here; the web framework that calls them is left out."""
