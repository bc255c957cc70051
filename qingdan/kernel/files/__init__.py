"""Files as they came: kept under a neutral name, with length and digest in a recorded row, given out only as attachments.

An act keeps what was uploaded (`store.keep`) and saves the row among its rows; a room says in its `apps.ready` who may
have its files (`access.MAY_SEE`).
"""
