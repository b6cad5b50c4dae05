"""Agents, their tools and the engines that run them."""
