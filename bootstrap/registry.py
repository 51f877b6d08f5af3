"""Takes pip's settings over to uv, which reads neither pip.conf nor PIP_* variables.

An office behind a mirror has written its address where pip looks; it shall not have to write it twice.
"""

from collections.abc import Mapping

# pip's setting -> uv's variable
_SETTINGS = {"index-url": "UV_DEFAULT_INDEX", "cert": "SSL_CERT_FILE", "default-timeout": "UV_HTTP_TIMEOUT"}


def uv_environment(pip_config_list: str, environment: Mapping[str, str]) -> dict[str, str]:
    """Variables for uv.

    Arguments: ``pip_config_list``, what `pip config list` prints (later lines are of files that weigh more, and
    variables, which weigh most, stand first); ``environment``, ours. What is set for uv already is left alone.
    """
    found: dict[str, str] = {}
    from_variables: dict[str, str] = {}
    for line in pip_config_list.splitlines():
        name, _, value = line.partition("=")
        section, _, key = name.rpartition(".")
        if key in _SETTINGS and section in (":env:", "global", "install"):
            (from_variables if section == ":env:" else found)[_SETTINGS[key]] = value.strip("'\"")
    found |= from_variables
    if "UV_INDEX_URL" in environment:
        found.pop("UV_DEFAULT_INDEX", None)
    return {name: value for name, value in found.items() if name not in environment}
