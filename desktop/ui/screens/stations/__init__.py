"""Trạm y tế: the profile of each place of care on a day, typed cell by cell, from Excel, or from last year."""
