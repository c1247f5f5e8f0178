"""What this API is called, and what it is about."""

NAME = "clinic"
TITLE = "Clinic"
DESCRIPTION = (
    "Who is seen by whom, when, and what was found.\n"
    "\n"
    "Guardians look after patients and book their appointments; the reception keeps "
    "the calendar; doctors write what they found."
)
VERSION = "0.1.0"
