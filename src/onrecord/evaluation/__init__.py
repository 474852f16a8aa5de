"""Evaluation: how far the automatic layers agree with gold, as one command that writes down what it measured."""
