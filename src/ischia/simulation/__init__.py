"""Synthetic patients with the real rules, day by day, and a second pair of eyes on every promise the rules
make.
"""
