"""What is done today and how much of it: graded mornings, one step at a time, within what a clinician
allows.
"""

from ischia.dose.explain import explain_date
from ischia.dose.history import History, NoSession, RestDay
from ischia.dose.library import Library, default_library, library_from
from ischia.dose.orders import (
    ORDER_KINDS,
    Bound,
    Direction,
    Exclude,
    Freeze,
    Order,
    Orders,
    Prefer,
    SetDose,
    Unlock,
    Withdraw,
    standing_orders,
)
from ischia.dose.plan import Outlook, outlook, plan_session
from ischia.dose.protocol import Protocol
from ischia.dose.protocol_file import default_protocol, read_protocol

__all__ = [
    "ORDER_KINDS",
    "Bound",
    "Direction",
    "Exclude",
    "Freeze",
    "History",
    "Library",
    "NoSession",
    "Order",
    "Orders",
    "Outlook",
    "Prefer",
    "Protocol",
    "RestDay",
    "SetDose",
    "Unlock",
    "Withdraw",
    "default_library",
    "default_protocol",
    "explain_date",
    "library_from",
    "outlook",
    "plan_session",
    "read_protocol",
    "standing_orders",
]
