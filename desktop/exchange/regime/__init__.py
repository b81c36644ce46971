"""A reporting regime as one workbook: what is entered, its forms, what is computed, and the check rules.

The same definitions as in a catalogue file (`exchange/catalogue_file.py`), a row each, in the words an office uses.
"""
