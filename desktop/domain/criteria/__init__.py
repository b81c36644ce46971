"""National commune-health criteria: sets as dated data, scores, verdicts with reasons, the cheapest way to pass."""
