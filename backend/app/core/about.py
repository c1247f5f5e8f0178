"""What this API is called, and what it is about."""

NAME = "backend"
TITLE = "Backend"
DESCRIPTION = "Books on people's shelves."
VERSION = "0.1.0"
