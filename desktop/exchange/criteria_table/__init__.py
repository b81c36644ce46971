"""An office's official table of sub-criteria as a workbook: the empty one in the right shape, written and read back."""
