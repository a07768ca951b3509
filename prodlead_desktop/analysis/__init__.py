"""Numbers from a strategy; nothing here changes one."""
