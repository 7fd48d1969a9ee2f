"""The floor under every screen: a Textual app that shows one line, and echoes keys in it."""

from textual.app import App, ComposeResult
from textual.events import Key
from textual.widgets import Static


class EmptyApp(App[None]):
    """One widget, no store."""

    ENABLE_COMMAND_PALETTE = False

    def compose(self) -> ComposeResult:
        """The one line."""
        yield Static("an empty app", markup=False)

    def on_key(self, event: Key) -> None:
        """Show the key."""
        self.query_one(Static).update(f"<{event.key}>")


if __name__ == "__main__":
    EmptyApp().run()
