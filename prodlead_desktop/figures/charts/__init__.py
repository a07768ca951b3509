"""Charts: one file each with the constant CHART."""
