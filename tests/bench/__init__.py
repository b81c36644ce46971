"""What is measured, and the yardsticks beside it."""

KEEP = "SOTRAM_BENCH_KEEP"  # the folder in which the large record stays
