"""The figures of a form on other boundaries, to be read."""
