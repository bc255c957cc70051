"""Backup and restore: one archive that holds the database and the files of one moment, and is put back only when `verify` agrees.

`making.make` writes it, `restoring.restore` puts it back; `sqlite` and `postgresql` are the two engines, `archive` is the file.
"""
