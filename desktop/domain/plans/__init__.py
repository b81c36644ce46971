"""Plans as data: targets, tasks and report outlines, each with its clause and its sentence."""
