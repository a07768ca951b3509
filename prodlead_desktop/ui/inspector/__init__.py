"""The panel at the right: what is selected, as forms made from the field tables."""
