"""`python -m factlog` is `factlog`."""

from factlog.cli import main

if __name__ == "__main__":
    main()
