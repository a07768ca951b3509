"""The window program: the only package that imports QtWidgets."""
