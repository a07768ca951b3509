"""Cross-links: drawn by name, with why, how much and how late."""
