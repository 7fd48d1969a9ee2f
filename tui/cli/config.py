"""``duban config``: the settings file."""

from typing import TYPE_CHECKING

from core.domain.refusals import Unavailable
from core.records import replace
from tui.cli import account
from tui.cli.declared import Command, Parameter
from tui.cli.settings_check import theme_trouble
from tui.words import LANGUAGES, N_

if TYPE_CHECKING:
    from tui.cli.request import Request
    from tui.settings import Settings

_TRUTH = {"true": True, "yes": True, "on": True, "1": True}
_TRUTH |= {"false": False, "no": False, "off": False, "0": False}
_RULES = ("impersonation",)
_VALUES = ("open", "closed")


def _settings(request: "Request") -> "Settings":
    from tui.settings import Settings

    return request.settings or Settings()


def show(request: "Request") -> None:
    """Tell every setting."""
    from tui.settings import KNOWN

    settings = _settings(request)
    values = {name: getattr(settings, name) for name in KNOWN if name != "keys"}
    values["store"] = _shown(settings.store)
    values["keys"] = {name: list(keys) for name, keys in settings.keys.items()}
    lines = [f"{name} = {_text(value)}" for name, value in values.items()]
    request.answer(values, f"# {account.settings_file()}", *lines)


def _shown(url: str) -> str:
    """A store's URL without its password."""
    if not url:
        return ""
    from core.queries.checkup import as_shown

    return as_shown(url)


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def get(request: "Request") -> None:
    """Tell one setting."""
    name = _known(request)
    value = getattr(_settings(request), name)
    content = {one: list(keys) for one, keys in value.items()} if name == "keys" else value
    content = _shown(value) if name == "store" else content
    request.answer(content, _text(content))


def _known(request: "Request") -> str:
    from tui.settings import KNOWN

    name = request.given.text("name")
    if name not in KNOWN:
        words = request.words
        known = ", ".join(KNOWN)
        raise request.wrong(words("“{text}” is not one of: {known}", text=name, known=known))
    return name


def set_one(request: "Request") -> None:
    """Keep one setting."""
    name, text = _known(request), request.given.text("value")
    words, usual = request.words, getattr(_settings(request), name)
    if name == "keys":
        file = str(account.settings_file())
        raise request.wrong(words("Keys are set in {file}, in a table [keys].", file=file))
    if isinstance(usual, bool):
        if text.casefold() not in _TRUTH:
            raise request.wrong(words("{name} is true or false.", name=name))
        changed = replace(_settings(request), **{name: _TRUTH[text.casefold()]})  # type: ignore[arg-type]
    else:
        if name == "theme" and (said := theme_trouble(words, text)):
            raise request.wrong(said)
        if name == "language" and text and text not in LANGUAGES:
            known = ", ".join(LANGUAGES)
            raise request.wrong(words("“{text}” is not one of: {known}", text=text, known=known))
        changed = replace(_settings(request), **{name: text})  # type: ignore[arg-type]
    _write(changed)
    shown = _shown(text) if name == "store" else text
    request.answer({"ok": True}, f"{name} = {shown}")


def _write(settings: "Settings") -> None:
    """Keep the settings. Refuses ``cannot-write``."""
    file = account.settings_file()
    try:
        settings.write(file)
    except OSError as error:
        raise Unavailable("cannot-write", path=str(file), detail=error.strerror) from error


def path(request: "Request") -> None:
    """Tell where the settings and the store lie."""
    from core.queries.checkup import place_of

    where = {"settings": str(account.settings_file()), "store": place_of(request.store)}
    request.answer(where, *(f"{name}: {value}" for name, value in where.items()))


def store_rules(request: "Request") -> None:
    """Tell what holds for the whole store, or set it as an administrator."""
    from core.queries.checkup import impersonation

    request.creates = False  # a mistyped name makes no store
    given, words = request.given, request.words
    name, value = given.text("rule"), given.text("value")
    for text, known in ((name, _RULES), (value, _VALUES)):
        if text and text not in known:
            listed = ", ".join(known)
            raise request.wrong(words("“{text}” is not one of: {known}", text=text, known=listed))
    if value:
        _set_impersonation(request, allowed=value == "open")
        return
    now = request.ask(impersonation)
    request.answer({"impersonation": now}, f"impersonation = {now}")


def _set_impersonation(request: "Request", *, allowed: bool) -> None:
    from core.commands.store_rules import SetImpersonation

    words, own = request.words, account.login()
    if not allowed and request.handle.casefold() != own:
        said = words(
            "Closed, this store would shut you out: you act as {handle}, but your account is "
            "{login}. Leave out --as, or first: duban people edit {handle} --handle {login}",
            handle=request.handle,
            login=own,
        )
        raise request.wrong(said)
    receipt = request.do(SetImpersonation(allowed=allowed))
    said = words("From now on everybody acts only under the name of their account.")
    if allowed:
        said = words("From now on anybody may act as others, with --as.")
    request.receipt(receipt, said)


COMMANDS = {
    "config": Command(
        "config",
        show,
        help=N_("Show settings; get or set one."),
        example="duban config set language zh_CN",
    ).with_commands(
        Command("show", show, help=N_("Show all settings."), example="duban config show"),
        Command(
            "get",
            get,
            help=N_("Show one setting."),
            example="duban config get language",
            takes=(Parameter("NAME", suggests="settings"),),
        ),
        Command(
            "set",
            set_one,
            help=N_("Keep one setting."),
            example="duban config set person lin",
            takes=(Parameter("NAME", suggests="settings"), Parameter("VALUE")),
        ),
        Command(
            "store",
            store_rules,
            help=N_("Show what holds for the whole store; administrators may set it."),
            example="duban config store impersonation closed",
            writes=True,
            takes=(
                Parameter("[RULE]", N_("impersonation."), suggests="store-rules"),
                Parameter("[VALUE]", N_("open or closed."), suggests="store-values"),
            ),
        ),
        Command(
            "path", path, help=N_("Show where settings and store lie."), example="duban config path"
        ),
    )
}
