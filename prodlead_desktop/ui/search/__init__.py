"""Finding and filtering cards, and saying what the map is narrowed to."""
