"""`python -m data.demo` rewrites the committed demonstration; `python -m data.demo DOSSIER` writes it elsewhere."""

import sys
from pathlib import Path

from data.demo.writing import make

JEU = Path(__file__).with_name("jeu")

if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else JEU)
