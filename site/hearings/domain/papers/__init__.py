"""What hearings look like on paper (requirement H, printed). Paper is Chinese, whatever language the site speaks."""
