"""One file per action group, each with one GROUP."""
