"""The profile of a commune health station: what is asked, what was said from which day on, the zone it gives."""
