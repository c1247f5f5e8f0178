"""Write anew what the steps of the guide do: `make examples`."""

from .page import PAGE, with_effects

PAGE.write_text(with_effects(PAGE.read_text()))
