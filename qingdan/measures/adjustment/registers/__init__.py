"""The registers around 动态调整 (第十条): 台账, monthly report, faults, counts per unit, spot checks, 漏报、瞒报、虚报."""
