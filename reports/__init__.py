"""What is published: a frozen snapshot, and its forms: PDF, web page, data."""
