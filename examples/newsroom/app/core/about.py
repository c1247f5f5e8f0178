"""What this API is called, and what it is about."""

NAME = "newsroom"
TITLE = "Newsroom"
DESCRIPTION = (
    "Articles on their way from a writer's desk to the front page.\n"
    "\n"
    "Writers keep drafts to themselves and hand them in; editors look at what was "
    "handed in and publish it. What is published is for everyone."
)
VERSION = "0.1.0"
