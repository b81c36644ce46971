"""Packages between records: what a partner has not received goes out, what came is judged row by row and receipted."""

from desktop.application.packages.applying import place_waiting
from desktop.application.packages.desk import OpenConflict, decide, forms_in_conflict, open_conflicts
from desktop.application.packages.sending import Exported, export_package
from desktop.application.packages.status import PartnerStatus, package_status, pending_changes
from desktop.application.packages.taking import Inspected, Taken, inspect, take_package

__all__ = [
    "Exported",
    "Inspected",
    "OpenConflict",
    "PartnerStatus",
    "Taken",
    "decide",
    "export_package",
    "forms_in_conflict",
    "inspect",
    "open_conflicts",
    "package_status",
    "pending_changes",
    "place_waiting",
    "take_package",
]
