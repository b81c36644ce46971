"""Packages between records: what a partner has not received goes out, what came is judged row by row and receipted."""

from desktop.application.packages.sending import Exported, export_package
from desktop.application.packages.status import PartnerStatus, package_status, pending_changes
from desktop.application.packages.taking import Inspected, Taken, inspect, take_package

__all__ = [
    "Exported",
    "Inspected",
    "PartnerStatus",
    "Taken",
    "export_package",
    "inspect",
    "package_status",
    "pending_changes",
    "take_package",
]
