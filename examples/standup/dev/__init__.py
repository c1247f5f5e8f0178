"""What `make dev` runs: a developer's own servers, filled and ready; no part of the image."""
