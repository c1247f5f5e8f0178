"""Devices are called what their owners call them, and never what a stranger wrote."""

import pytest

from app.core.user_agent import device_of

MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"
LINUX = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0)"
ANDROID = "Mozilla/5.0 (Linux; Android 15; Pixel 9)"
CHROME_OS = "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0)"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X)"
CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0"
WEBKIT = "AppleWebKit/605.1.15 (KHTML, like Gecko)"

DEVICES = {
    f"{LINUX} Gecko/20100101 Firefox/143.0": "Firefox on Linux",
    f"{MAC} {CHROME} Safari/537.36": "Chrome on macOS",
    f"{MAC} {WEBKIT} Version/18.6 Safari/605.1.15": "Safari on macOS",
    f"{WINDOWS} {CHROME} Safari/537.36 Edg/140.0": "Edge on Windows",
    f"{WINDOWS} {CHROME} Safari/537.36 OPR/120.0": "Opera on Windows",
    f"{ANDROID} {CHROME} Mobile Safari/537.36": "Chrome on Android",
    f"{CHROME_OS} {CHROME} Safari/537.36": "Chrome on ChromeOS",
    f"{PHONE} {WEBKIT} CriOS/140.0 Mobile/15E148 Safari/604.1": "Chrome on iPhone",
    "curl/8.14.1": "curl",
    "Something (Linux)": "Linux",
    "Firefox/<script> Windows\x00": "Firefox on Windows",
    "python-httpx/0.28.1": None,
    "<script>alert(1)</script>": None,
    "": None,
}


@pytest.mark.parametrize(("user_agent", "device"), DEVICES.items())
def test_a_device_is_called_what_people_call_it(user_agent: str, device: str | None) -> None:
    assert device_of(user_agent) == device
