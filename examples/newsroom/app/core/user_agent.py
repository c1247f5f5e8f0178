"""What a program calls itself, in words that people recognise.

Only words of our own come out: the header is the caller's, and may hold anything.
"""

PROGRAMS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser/": "Samsung Internet",
    "Firefox/": "Firefox",
    "FxiOS/": "Firefox",
    "CriOS/": "Chrome",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
    "curl/": "curl",
}
"""The first that is found counts: most browsers also call themselves by an older one's name."""

SYSTEMS = {
    "Windows": "Windows",
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "CrOS": "ChromeOS",
    "Mac OS X": "macOS",
    "Linux": "Linux",
}


def device_of(user_agent: str) -> str | None:
    """Say `Firefox on Linux`, or as much of it as is known."""
    known = [
        next((word for sign, word in words.items() if sign in user_agent), None)
        for words in (PROGRAMS, SYSTEMS)
    ]
    return " on ".join(word for word in known if word) or None
