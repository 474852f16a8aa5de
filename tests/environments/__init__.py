"""What has to hold in other environments than the locked one: `scripts/pyarrows` and `scripts/loaders`, run by CI."""
