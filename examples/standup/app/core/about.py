"""What this API is called, and what it is about."""

NAME = "standup"
TITLE = "Standup"
DESCRIPTION = "What a team works on, who is on call, and who deserves thanks."
VERSION = "0.1.0"
