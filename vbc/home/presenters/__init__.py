"""What the pages of home say."""
