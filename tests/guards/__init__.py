"""Guards of the backend that are taken out, to see that the attacks they keep away are noticed."""
