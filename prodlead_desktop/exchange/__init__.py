"""Files that are not ours: what goes out and what comes in."""
