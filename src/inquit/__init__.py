"""Reads news articles and says who said what, on whose word, how firmly, and who disputes it."""
