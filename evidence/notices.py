"""The words this app sends people."""
