"""The papers of 动态调整: what each says (`applying`, `reviewing`, `deciding`, `publishing`, `reporting`), what it is made from (`reading`,
`records`), which there are (`catalogue`), and who sees them (`seeing`). Issuing is the kernel's; its pages are in `issuing/` beside this package.
"""
