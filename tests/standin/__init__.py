"""A stand-in for Yahoo Finance that the real client talks to without being patched."""

from .faults import Fault
from .market import Listing, Market
from .service import StandIn

__all__ = ["Fault", "Listing", "Market", "StandIn"]
