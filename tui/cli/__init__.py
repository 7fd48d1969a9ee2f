"""The command line: parse, one call of the desk, print.

Commands are declared as values, so that the everyday ones start without click: ``quick`` reads
what is plainly right, ``tree`` hands everything else (help, mistakes, completion) to click.
"""
