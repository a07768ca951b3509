"""Pictures from a strategy and its results; one look for window, charts and exports."""
