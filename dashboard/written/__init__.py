"""What readers write in the app, kept apart from the figures."""
