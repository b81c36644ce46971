"""Danh mục › Đơn vị: the tree of units on a day, what each was through time, acts and proposals."""
