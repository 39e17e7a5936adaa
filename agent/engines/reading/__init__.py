"""Understanding English turns without a model, one recogniser a file."""
