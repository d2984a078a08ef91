"""What the papers of a new STEK are called in the languages of visitors; data, no rules."""

#: key of a document: {language: name}
DOCUMENT_NAMES: dict[str, dict[str, str]] = {}
