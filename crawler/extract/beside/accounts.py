"""Names that a CMS prints as an author's and that are none: accounts, logins, platforms."""

from __future__ import annotations

import re

from store.text import fold

_ACCOUNT = re.compile(
    r"(?:(?:super|system|site|web|guest|test|host|portal|default|liferay|superuser) ?)?"
    r"(?:admin(?:istrator|istrators|cp)?|user|users|account|master|root|guest|test|host|manager)"
    r"[ ._-]?(?:\d{1,6}|admin(?:istrator)?|test|english|vi|en|account|user|web(?:site)?"
    r"|so ?tt+t?|stttt|skhcn|cong|portal)?"
    r"|(?:tai khoan )?(?:quan ?tri|qtv|qt)(?: ?vien| ?he thong| ?trang| ?cong| ?mang| ?web)?"
    r"(?: ?website| ?site| ?tin| ?thong tin)?(?: ?dien tu)?[ _-]?\d{0,4}"
    r"|(?:editor|bien ?tap(?: ?vien)?|btv|author|poster|writer|ctv|nhap ?lieu|dang ?tin|nguoi dung"
    r"|user|mod|moderator|publisher|contributor|webmaster)[ ._-]?\d{1,6}"
    r"|editor|author|webmaster|moderator|publisher|anonymous|an danh|nguoi dung|nhap lieu"
    r"|super ?user(?: account)?|system account|administrator account|no ?name|unknown|null|none|n/a"
)
_PLATFORM = re.compile(
    r"(?:the )?(?:vccorp|nukeviet|wordpress|joomla|drupal|liferay|sharepoint|dnn|dotnetnuke"
    r"|blogger|blogspot|vnpt[ -]portal|elementor|google|facebook|fanpage|zalo|youtube|twitter)"
    r"(?: ?(?:portal|cms|egov\w*|team|corp|group|vn|page))?(?:[ .]?\d[\d.]{0,8})?"
    r"(?:\.(?:vn|com|com\.vn|org|net))?!?"
)
_ADDRESS = re.compile(
    r"\S{0,80}@\S|https?:|//|www\.|\w{0,20}\.?(?:facebook|fb|youtube|zalo)\.(?:com|me|vn)\b"
    r"|facebook page|fanpage|i:0[#e]",
    re.IGNORECASE,
)
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._\\-]{2,40}|[\w.-]{1,40}\\[\w.-]{1,60}", re.ASCII)
_DESKS = frozenset({"pv", "bbt", "ctv", "btv", "pvtt"})


def is_account(name: str) -> bool:
    """Tell whether a name is that of a login, a role in a CMS, or a platform: nobody's."""
    return is_role(name) or bool(_LOGIN.fullmatch(name.strip()) and _key(name) not in _DESKS)


def is_role(name: str) -> bool:
    """Tell whether a name is a role in a CMS, a platform, or an address on one."""
    key = _key(name)
    platform = _PLATFORM.fullmatch(key) or _ADDRESS.match(name.strip())
    return not key or bool(platform or _ACCOUNT.fullmatch(key))


def _key(name: str) -> str:
    return " ".join(fold(name).strip("()[]., ").split())
