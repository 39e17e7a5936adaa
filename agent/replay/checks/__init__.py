"""The checks of a script, each by rules alone and apart from the code that it checks."""
