import os
import signal

import pytest

from dev.terminal import one_interrupt


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_first_signal_interrupts_and_those_after_it_do_not(number: signal.Signals) -> None:
    # However the tests were started: by `nohup`, too.
    before = signal.signal(number, signal.SIG_DFL)
    try:
        with one_interrupt():
            with pytest.raises(KeyboardInterrupt):
                signal.raise_signal(number)
            os.kill(os.getpid(), signal.SIGTERM)
            signal.raise_signal(number)

        assert signal.getsignal(number) is signal.SIG_DFL
    finally:
        signal.signal(number, before)


def test_nohup_is_respected() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with one_interrupt():
            signal.raise_signal(signal.SIGHUP)
    finally:
        signal.signal(signal.SIGHUP, before)
