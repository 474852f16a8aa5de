"""Engines: where batches run. They share shards, names and digests; only the place differs."""
