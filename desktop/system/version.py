"""The program's version: said here alone, read from here when the package is built."""

VERSION = "0.1.0"
