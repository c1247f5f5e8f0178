"""What this API is called, and what it is about."""

NAME = "bookshop"
TITLE = "Bookshop"
DESCRIPTION = "Books, the people who write them, and what readers think of them."
VERSION = "0.1.0"
