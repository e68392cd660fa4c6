"""Prints what systemd's own load_env_file, with which it reads EnvironmentFile=, makes of files, as a JSON array.

Arguments: the shared library of systemd, then the files. Ends with an error if the function takes a file for invalid.
"""

import ctypes
import json
import sys

library, *files = sys.argv[1:]
load_env_file = ctypes.CDLL(library).load_env_file
strings = ctypes.POINTER(ctypes.c_char_p)
load_env_file.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.POINTER(strings)]

found = []
for file in files:
    entries = strings()
    code = load_env_file(None, file.encode(), ctypes.byref(entries))
    if code < 0:
        sys.exit(f"load_env_file: errno {-code}")
    pairs = []
    index = 0
    while entries and entries[index] is not None:
        pairs.append(entries[index].decode().split("=", 1))
        index += 1
    found.append(pairs)
print(json.dumps(found))
