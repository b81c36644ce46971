"""Danh mục › Biểu: the forms with their days, installing a regime by file, what is known of the official ones."""
