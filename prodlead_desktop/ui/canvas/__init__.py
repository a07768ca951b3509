"""The map in the window: what is seen, what keys and the mouse do to it."""
