"""Services: the application between the routes and the agents."""
