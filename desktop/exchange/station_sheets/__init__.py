"""Profiles of stations as workbooks: the template, whatever an office laid out itself, and lists of equipment."""
