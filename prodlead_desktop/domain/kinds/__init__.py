"""Node kinds: one file each with the constant KIND."""
