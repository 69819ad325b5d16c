"""Bihuan 闭环: find, fix, re-inspect, close, with proof."""
