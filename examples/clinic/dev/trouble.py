class Trouble(Exception):
    """What the person at the terminal can put right; its text says what, where and how."""
