"""What spans everything: my work, sign-in, refusals, the demonstration."""
