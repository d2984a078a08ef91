"""What is wrong in what came back, in lines that a person can act on."""

import re
from html import escape

from places.sensitive import clean_name
from tests.hostile.fields import ending, is_written, may_take, must_take
from tests.hostile.sending import ANSWERED, KEPT, REFUSED, Answer, Sent

#: What is kept as it was typed, until it is sent to its own form.
DRAFTS = {"forms_help:draft"}
#: The day is open in our world, so that its form is not on the page again.
NOT_ON_THE_PAGE = {"visits:open_day"}


class Judge:
    """Looks at every answer of one form, and at what became of each string."""

    def __init__(self, route: str, body: dict[str, str]) -> None:
        self.route, self.body = route, body
        self.wrong: list[str] = []

    def _say(self, what: str, sent: Sent) -> None:
        strings = {name: one.text[:40] for name, one in sent.items()}
        self.wrong.append(f"{self.route} {strings!r}: {what}")

    def see(self, sent: Sent, answer: Answer) -> None:
        if answer.status not in ANSWERED | {404, 422}:
            self._say(f"{answer.status} {answer.error}", sent)
        if not answer.is_kept and answer.tables:
            self._say(f"{answer.status}, and yet it wrote to {set(answer.tables)}", sent)
        for one in sent.values():
            if one.kind == "markup" and one.text in answer.page:
                self._say("came back as markup", sent)
        if answer.status == 422:
            self._see_refusal(sent, answer)
        elif answer.is_kept and answer.tables:
            self._see_kept(sent, answer)

    def _see_refusal(self, sent: Sent, answer: Answer) -> None:
        """A word at each field that was refused; what stood in the others is there again."""
        if self.route in NOT_ON_THE_PAGE:
            return
        for name in sorted(answer.refused & sent.keys()):
            if is_written(name) and not is_marked(answer.page, name):
                self._say(f"no word at the field {name}", sent)
        for name, good in self.body.items():
            lost = name not in sent and is_written(name) and escape(good) not in answer.page
            if lost and answer.refused:
                self._say(f"the field {name} was emptied", sent)

    def _see_kept(self, sent: Sent, answer: Answer) -> None:
        """Stored as names are, and shown as text."""
        if self.route in DRAFTS:
            return
        if answer.next_status >= 500:
            self._say(f"{answer.next_status} on the next page {answer.error}", sent)
        for name, one in sent.items():
            if is_written(name) and name not in answer.refused:
                stored = clean_name(one.arrives)
                if not any(stored in text for text in answer.texts):
                    self._say(f"the field {name} is stored in another form", sent)
                if stored != escape(stored) and stored in answer.next_page:
                    self._say(f"the field {name} is shown as markup", sent)

    def judge(self, sent: Sent, verdicts: dict[str, str]) -> None:
        for name, one in sent.items() if self.route not in DRAFTS else ():
            verdict, alone = verdicts[name], {name: one}
            if verdict == KEPT and not may_take(name, one):
                self._say(f"{ending(name)} was kept", alone)
            if verdict != KEPT and must_take(name, one):
                self._say(f"{ending(name)} was refused ({verdict})", alone)
            if verdict != REFUSED and is_written(name) and not may_take(name, one):
                self._say(f"{ending(name)} was not refused at the field ({verdict})", alone)


def is_marked(page: str, field: str) -> bool:
    """Whether this field is shown as wrong."""
    tags = re.findall(rf'<(?:input|select|textarea)\b[^>]*\bname="{re.escape(field)}"[^>]*>', page)
    return any('aria-invalid="true"' in tag for tag in tags)
