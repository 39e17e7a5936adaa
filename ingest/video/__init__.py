"""Videos as items: their captions where there are some, else what is said in their sound."""
