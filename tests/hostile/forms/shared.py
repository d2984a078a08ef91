"""What the bodies of several forms share."""

#: The rows whose ids stand in the address, and a body that is accepted.
Form = tuple[list[str], dict[str, str]]

KEY = "6f0d6c3e-64c1-4c1c-9a5e-0123456789ab"
SIZE = {"adults": "1", "children": "0"}
DETAILS = {"first_name": "Amina", "last_name": "Yilmaz", "phone": "", "language": "", **SIZE}
