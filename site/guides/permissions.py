"""Who keeps what around the guides; the guides themselves are pages of the editorial workflow."""

KEEP_LISTS = [
    f"guides.{verb}_{model}" for model in ("lifeevent", "plainword") for verb in ("add", "change", "delete", "view")
]
VIEW_VERSIONS = "guides.view_guideversion"
SETTINGS = "guides.change_guidessettings"
EXCHANGE = "guides.exchange_guides"
