"""Plans as data: targets, tasks and report outlines, each with its clause and its sentence."""

from desktop.domain.plans.plan import (
    Baseline,
    Comparator,
    Contradiction,
    Deadline,
    OtherPlace,
    OutlineSection,
    Place,
    Plan,
    PlanKind,
    Target,
    Task,
)

__all__ = [
    "Baseline",
    "Comparator",
    "Contradiction",
    "Deadline",
    "OtherPlace",
    "OutlineSection",
    "Place",
    "Plan",
    "PlanKind",
    "Target",
    "Task",
]
