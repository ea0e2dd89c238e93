"""The command `safecity`: what it shows, checks and serves."""
