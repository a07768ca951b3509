"""Named states of the strategy: listed, compared with now, made again."""
