"""What `manage.py up` and `manage.py test` do before Django can run: the standard library only."""
