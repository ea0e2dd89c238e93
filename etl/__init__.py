"""From a file somebody published to the database: read, check, transform, publish."""
