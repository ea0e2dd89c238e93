"""The page Most Similar Group."""
