"""Where the command begins: `backsmith`, and `python -m backsmith`."""

import signal

# Nothing needs cleaning up before a command has begun, so that Ctrl-C may just end the process;
# Python's own way would show where in the imports that was.
if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)

from backsmith.cli.main import main  # It takes a moment, and Ctrl-C must not wait.

if __name__ == "__main__":
    main()
