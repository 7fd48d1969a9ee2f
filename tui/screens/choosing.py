"""Choices that every screen offers: people, projects, settings."""

from collections.abc import Iterable

from core.domain.ids import PersonId, ProjectId
from core.domain.people import Person
from core.domain.refusals import Refusal
from core.domain.status import OPEN_STATES
from core.queries.board import CardRow
from tui.prompts.choice import ChoicePrompt, MenuPrompt
from tui.prompts.due import Office
from tui.prompts.inputs import Choice
from tui.screens.asking import AskingScreen
from tui.session import Session
from tui.terms import named, role_word, theme_word
from tui.words import LANGUAGES, Words

NOBODY = "0"


def people_choices(session: Session, people: Iterable[Person] | None = None) -> list[Choice]:
    """Everybody, or these, with me first; the key is the id."""
    me = session.me.id if session.me else None
    ordered = sorted(
        session.people if people is None else people,
        key=lambda one: (one.id != me, one.placeholder),
    )
    return [
        Choice(
            key=str(one.id),
            label=one.name,
            note=session.words("{handle} · placeholder", handle=one.handle)
            if one.placeholder
            else ("" if one.handle.casefold() == one.name.casefold() else one.handle),
        )
        for one in ordered
    ]


def awaited_choices(session: Session) -> list[Choice]:
    """Whom a task can wait for: people, then departments."""
    note = session.words("department")
    departments = [
        Choice(key=f"department:{one.id}", label=one.name, note=note) for one in session.departments
    ]
    return [*people_choices(session), *departments]


def awaited_tasks(words: Words, needs: Iterable[CardRow]) -> tuple[Choice, ...]:
    """The tasks before it that are not done yet."""
    return tuple(
        Choice(key=f"task:{one.id}", label=f"{one.key} {one.title}", note=words("task"))
        for one in needs
        if one.state in OPEN_STATES
    )


def office(screen: AskingScreen, project: ProjectId | None) -> Office:
    """What a due of this project is read with."""
    session = screen.session
    return Office(now=session.now(), calendar=session.calendar(project))


async def choose_owner(
    screen: AskingScreen,
    *,
    title: str,
    chosen: PersonId | None,
    nobody: bool = False,
    people: Iterable[Person] | None = None,
) -> PersonId | None:
    """One of ``people``, else of everybody; 0 for nobody, if that may be chosen; None after Esc."""
    choices = people_choices(screen.session, people)
    if nobody:
        choices.append(Choice(key=NOBODY, label=screen.words("nobody")))
    prompt = ChoicePrompt(screen.words, title=title, choices=choices, chosen=str(chosen or ""))
    answer = await screen.answer(prompt)
    return None if answer is None else PersonId(int(answer))


def project_choices(session: Session) -> list[Choice]:
    """Every project; the key is the id."""
    return [Choice(key=str(one.id), label=one.name, note=one.key) for one in session.projects]


async def home_of_new(
    screen: AskingScreen, *, title: str, near: ProjectId | None = None
) -> ProjectId | None:
    """Where something new belongs: the project looked at, the only one, or one asked for.

    ``near`` is chosen at first. None if the member pressed Esc, or there is no project.
    """
    projects = screen.session.projects
    if screen.session.project is not None or len(projects) < 2:
        return screen.session.project or next((one.id for one in projects), None)
    choices = project_choices(screen.session)
    answer = await screen.answer(
        ChoicePrompt(screen.words, title=title, choices=choices, chosen=str(near or ""))
    )
    return ProjectId(int(answer)) if answer else None


async def choose_project(screen: AskingScreen) -> bool:
    """Look at another project, or at all; whether something was chosen."""
    session, words = screen.session, screen.words
    choices = [
        Choice(key="", label=words("All projects")),
        *project_choices(session),
    ]
    chosen = str(session.project or "")
    prompt = ChoicePrompt(words, title=words("Which project?"), choices=choices, chosen=chosen)
    answer = await screen.answer(prompt)
    if answer is None:
        return False
    session.look_at(ProjectId(int(answer)) if answer else None)
    return True


async def next_theme(screen: AskingScreen) -> None:
    """The next of the themes, in order of name."""
    session = screen.session
    names = list(session.themes)
    if session.theme.name in names:
        name = names[(names.index(session.theme.name) + 1) % len(names)]
        session.use_theme(name)
        await screen.shell.restart()


async def change_settings(screen: AskingScreen) -> None:
    """A list of what can be set; each opens its own choice."""
    session, words = screen.session, screen.words
    me = session.me
    who = named(me.name, me.handle) if me else session.handle
    on_off = (words("no"), words("yes"))
    choices = [
        Choice(key="person", label=words("Who I am"), note=who),
        Choice(key="language", label=words("Language"), note=LANGUAGES[words.language]),
        Choice(key="theme", label=words("Theme"), note=theme_word(words, session.theme.name)),
        Choice(key="compact", label=words("Compact cards"), note=on_off[session.settings.compact]),
        Choice(key="mouse", label=words("Mouse"), note=on_off[session.settings.mouse]),
    ]
    answer = await screen.answer(MenuPrompt(words, title=words("Settings"), choices=choices))
    changers = {"person": _person, "language": _language, "theme": _theme}
    if answer in changers:
        await changers[answer](screen)
    elif answer == "compact":
        session.keep(compact=not session.settings.compact)
        await screen.shell.restart()
    elif answer == "mouse":
        session.keep(mouse=not session.settings.mouse)
        screen.tell(words("The mouse changes with the next start."))


async def _person(screen: AskingScreen) -> None:
    """Say who I am: one of the members."""
    session, words = screen.session, screen.words
    members = [one for one in session.people if not one.placeholder]
    choices = [
        Choice(key=one.handle, label=one.name, note=f"{one.handle} · {role_word(words, one.role)}")
        for one in members
    ]
    chosen = session.me.handle if session.me else ""
    prompt = ChoicePrompt(words, title=words("Who are you?"), choices=choices, chosen=chosen)
    if (handle := await screen.answer(prompt)) is not None:
        try:
            await session.become(handle)
        except Refusal as refusal:
            screen.refused(refusal)
            return
        await screen.shell.restart()


async def _language(screen: AskingScreen) -> None:
    choices = [Choice(key=key, label=name, note=key) for key, name in LANGUAGES.items()]
    chosen = screen.words.language
    title = screen.words("Language")
    prompt = MenuPrompt(screen.words, title=title, choices=choices, chosen=chosen)
    if (language := await screen.answer(prompt)) is not None:
        screen.session.speak(language)
        await screen.shell.restart()


async def _theme(screen: AskingScreen) -> None:
    session = screen.session
    choices = [Choice(key=name, label=theme_word(screen.words, name)) for name in session.themes]
    title = screen.words("Theme")
    prompt = MenuPrompt(screen.words, title=title, choices=choices, chosen=session.theme.name)
    if (name := await screen.answer(prompt)) is not None:
        session.use_theme(name)
        await screen.shell.restart()
