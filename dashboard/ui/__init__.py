"""What pages share on the screen."""
