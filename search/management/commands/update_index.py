from modelsearch.management.commands.rebuild_modelsearch_index import Command as RebuildCommand


class Command(RebuildCommand):
    help = "Rebuilds the search index beside the one in use, then puts it in its place. Mends a damaged index."
