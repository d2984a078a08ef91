"""What a volunteer does with hands and scanner.

A click or tap is 1, a drop-down 2, a typed character or Enter is 1 keystroke, a scan is 1 scan
however many keys the scanner sends.
"""

from playwright.sync_api import Locator, Page

#: What a scanner set to a US keyboard makes of a token on a Belgian AZERTY laptop.
AZERTY = str.maketrans("1234567890-", "&é\"'(§è!çà)")


class Hands:
    """One pair of hands at one laptop."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.keys = 0
        self.clicks = 0
        self.scans = 0

    def types(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.keys += len(text)

    def presses(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.keys += 1

    def clicks_on(self, thing: Locator) -> None:
        thing.click()
        self.clicks += 1

    def scans_card(self, token: str, *, azerty: bool = False) -> None:
        """A burst of keys and Enter, faster than anybody types."""
        if not azerty:
            self.page.keyboard.type(token)
        else:
            # The laptop says `key`, the physical keyboard says `code`: a real burst has both.
            self.page.evaluate(BURST, [token, token.lower().translate(AZERTY)])
        self.page.keyboard.press("Enter")
        self.scans += 1

    @property
    def counted(self) -> dict[str, int]:
        return {"keys": self.keys, "clicks": self.clicks, "scans": self.scans}


BURST = """([token, typed]) => {
  [...typed].forEach((key, at) => {
    const sign = token[at];
    const code = /\\d/.test(sign) ? `Digit${sign}` : sign === "-" ? "Minus" : `Key${sign}`;
    const target = document.activeElement;
    const event = new KeyboardEvent("keydown", { key, code, bubbles: true, cancelable: true });
    if (target.dispatchEvent(event) && "value" in target) {
      target.value += key;
      target.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }
  });
}"""
