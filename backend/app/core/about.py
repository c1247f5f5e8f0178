"""What this API is called, and what it is about."""

NAME = "bookshelf"
TITLE = "Bookshelf"
DESCRIPTION = "Books on people's shelves, and what they think of them."
VERSION = "0.1.0"
