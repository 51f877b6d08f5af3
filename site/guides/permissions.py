"""Who keeps what around the guides; the guides themselves are pages of the editorial workflow."""


def _all(model: str) -> list[str]:
    return [f"guides.{verb}_{model}" for verb in ("add", "change", "delete", "view")]


KEEP_PLAIN_WORDS = _all("plainword")
KEEP_LISTS = [*_all("lifeevent"), *KEEP_PLAIN_WORDS]
VIEW_GUIDES = "guides.view_guidepage"
VIEW_VERSIONS = "guides.view_guideversion"
VIEW_REGISTERS = [VIEW_GUIDES, VIEW_VERSIONS]
SETTINGS = "guides.change_guidessettings"
EXCHANGE = "guides.exchange_guides"
