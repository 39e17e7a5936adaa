"""Movie night: one list for several people, under a rule that is stated."""
