"""Accuracy floors and speed; they use the public interface only."""
