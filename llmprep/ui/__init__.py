"""Draws what practices return; every user-facing string, in Chinese and in English."""
