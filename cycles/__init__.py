"""What is decided and done: the cycle, its decisions on three equal pillars, its actions."""
