"""What of hearings everybody may see: pages, seats, promises, the calendar. Names are masked before they leave here."""
