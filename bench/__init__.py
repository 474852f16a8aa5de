"""Benchmarks: every figure in docs/performance.md comes from here. Run with `scripts/bench NAME`."""
